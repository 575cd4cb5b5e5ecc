/** Where the project is that this file belongs to, whatever directory it was compiled into. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The folder of package.json. */
export const ROOT = findRoot();

/** A path as the user would type it: relative if it is below the current directory. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

/** The suites and goldens that come with the package. */
export const DEFAULT_SUITES = shown(join(ROOT, 'suites'));
export const DEFAULT_GOLDEN = shown(join(ROOT, 'golden'));
