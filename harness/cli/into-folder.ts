/** A folder that is there whole or not at all. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SIGNALS } from '../adapter/process-groups.js';
import { HarnessError } from '../errors.js';

function requireNew(folder: string): void {
  if (!existsSync(folder)) return;
  if (statSync(folder).isDirectory() && readdirSync(folder).length === 0) return;
  const message = `${folder} is there already, and not empty; name a new folder`;
  throw new HarnessError('E_EXISTS', message);
}

/** (The recursive mkdir of Node goes on for ever below /proc.) */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}

function written<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    const message = `${folder} cannot be written: ${(cause as Error).message}`;
    throw new HarnessError('E_OUTPUT', message, { cause });
  }
}

/** A folder that is there may be somebody's current one: it stays, and is filled. */
function putInPlace(temporary: string, folder: string): void {
  if (!existsSync(folder)) renameSync(temporary, folder);
  else
    for (const name of readdirSync(temporary))
      renameSync(join(temporary, name), join(folder, name));
}

/** Calls `undo` before a signal ends this process. @returns what makes it forget */
function beforeSignals(undo: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    forget();
    undo();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return forget;
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
  if (folder === '') throw new HarnessError('E_USAGE', 'the name of a folder is empty');
  written(folder, () => requireNew(folder));
  const place = resolve(folder);
  const temporary = `${place}.${process.pid}.tmp`;
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  written(folder, () => makeFolders(temporary));
  const forget = beforeSignals(remove);
  try {
    const result = await fill(temporary);
    written(folder, () => putInPlace(temporary, place));
    return result;
  } finally {
    remove();
    forget();
  }
}
