/** The examples that come with the package, copied to where somebody starts from them. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { intoFolder } from './into-folder.js';
import { ROOT } from './root.js';

/**
 * Copies a folder of examples/, whole or not at all.
 * @returns the names of the files
 * @throws HarnessError `E_EXISTS` if the folder holds something, `E_OUTPUT` if it can't be written
 */
export const copyExample = (name: string, folder: string): Promise<string[]> =>
  intoFolder(folder, async (temporary) => {
    cpSync(join(ROOT, 'examples', name), temporary!, { recursive: true });
    return readdirSync(temporary!).sort();
  });
