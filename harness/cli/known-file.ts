/** The file of known failures, as commands read it. */
import { readFileSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import type { JudgedKnown, Scope } from '../known/judge.js';
import type { KnownFailure } from '../known/types.js';
import type { Outcome } from '../run/types.js';
import { renderSuiteError } from '../suite/errors.js';
import type { World } from '../suite/formats.js';
import { Complaints } from './complaint.js';
import { countErrors } from './suite.js';

/** Reads the entries. @throws Complaints `E_KNOWN` with every mistake of the file */
export async function readKnown(file: string, world: World): Promise<KnownFailure[]> {
  const { loadKnown } = await import('../known/file.js');
  const { entries, errors } = await loadKnown(file, world);
  if (errors.length === 0) return entries;
  const items = errors.map(renderSuiteError);
  throw new Complaints('E_KNOWN', items, `${countErrors(errors)} of known failures`);
}

/** Reads the entries. @returns what holds outcomes against them */
export async function judgeBy(
  file: string,
  world: World,
  scope: Omit<Scope, 'today'>,
): Promise<(outcomes: readonly Outcome[]) => JudgedKnown> {
  const entries = await readKnown(file, world);
  const { judgeKnown } = await import('../known/judge.js');
  return (outcomes) => judgeKnown(outcomes, entries, { ...scope, today: day() });
}

/** The text of a file that may not be there yet. @throws HarnessError `E_KNOWN` if it can't be read */
export function textOrNone(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HarnessError('E_KNOWN', `${file} cannot be read: ${(error as Error).message}`);
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day as YYYY-MM-DD. @param later days from today */
export const day = (later = 0): string =>
  new Date(Date.now() + later * DAY_MS).toISOString().slice(0, 10);
