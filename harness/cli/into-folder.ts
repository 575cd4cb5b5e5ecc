/** A folder that is there whole or not at all. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HarnessError } from '../errors.js';

function requireNew(folder: string): void {
  if (!existsSync(folder)) return;
  if (statSync(folder).isDirectory() && readdirSync(folder).length === 0) return;
  const message = `${folder} is there already, and not empty; name a new folder`;
  throw new HarnessError('E_EXISTS', message);
}

function create(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const message = `no folder can be made there: ${(cause as Error).message}`;
    throw new HarnessError('E_OUTPUT', message, { cause });
  }
}

/**
 * Lets `fill` write into a folder beside `folder`, which takes its place once all is written.
 * @param folder absent: nothing is to be written
 * @throws HarnessError `E_EXISTS` if there is something in it, `E_OUTPUT` if it can't be made
 */
export async function intoFolder<T>(
  folder: string | undefined,
  fill: (temporary: string | undefined) => Promise<T>,
): Promise<T> {
  if (folder === undefined) return fill(undefined);
  requireNew(folder);
  const temporary = `${resolve(folder)}.${process.pid}.tmp`;
  create(temporary);
  try {
    const result = await fill(temporary);
    renameSync(temporary, folder);
    return result;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
