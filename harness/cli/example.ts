/** The examples that come with the package, copied to where somebody starts from them. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.js';
import { ROOT } from './root.js';

function requireEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new HarnessError('E_FOLDER', `${folder} is not empty; name a new folder`);
}

/**
 * Copies a folder of examples/, whole or not at all.
 * @returns the names of the files
 * @throws HarnessError `E_FOLDER` if the folder holds something or can't be written
 */
export function copyExample(name: string, folder: string): string[] {
  const source = join(ROOT, 'examples', name);
  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    requireEmpty(folder);
    mkdirSync(dirname(folder), { recursive: true });
    cpSync(source, temporary, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true });
    if (error instanceof HarnessError) throw error;
    throw new HarnessError('E_FOLDER', `${folder} cannot be written: ${(error as Error).message}`);
  }
  return readdirSync(folder).sort();
}
