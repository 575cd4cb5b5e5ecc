/** Suites from disk, whole or not at all. */
import { HarnessError } from '../errors.js';
import { plural } from '../report/words.js';
import type { Implementation } from '../run/implementation.js';
import type { Selection } from '../run/selection.js';
import { renderSuiteError, type SuiteError } from '../suite/errors.js';
import { loadSuites, type Loaded } from '../suite/load.js';
import { nearest } from '../suite/suggest.js';
import { AREAS } from '../suite/words.js';
import { Complaints } from './complaint.js';

/** `3 errors in 2 files`. */
export function countErrors(errors: readonly SuiteError[]): string {
  const files = new Set(errors.map(({ file }) => file)).size;
  return `${plural(errors.length, 'error')} in ${plural(files, 'file')}`;
}

/** Loads what is selected. @throws Complaints `E_SUITE` with every error of the suites */
export async function readSuites(
  dir: string,
  { world }: Implementation,
  { select }: Pick<Selection, 'select'>,
): Promise<Loaded> {
  const loaded = await loadSuites(dir, { ...world, select });
  if (loaded.errors.length === 0) return loaded;
  const items = loaded.errors.map(renderSuiteError);
  throw new Complaints('E_SUITE', items, `${countErrors(loaded.errors)}; nothing was run`);
}

/** What the user may have meant by a pattern that fits nothing. */
async function hint(pattern: string, dir: string, impl: Implementation): Promise<string> {
  const { cases } = await loadSuites(dir, impl.world);
  const words = [...cases.map(({ id }) => id), ...cases.map(({ suite }) => suite), ...AREAS];
  const near = nearest(pattern, words);
  return near === undefined ? 'mdevct list shows all cases' : `did you mean ${near}?`;
}

/**
 * Every pattern must fit a case: one that doesn't is a typing error, not an empty success.
 * @throws HarnessError `E_PATTERN`
 */
export async function requireMatches(
  { cases }: Loaded,
  selection: Selection,
  dir: string,
  impl: Implementation,
): Promise<void> {
  const [pattern] = selection.unmatched(cases);
  if (pattern === undefined) return;
  throw new HarnessError('E_PATTERN', `no case fits ${pattern}; ${await hint(pattern, dir, impl)}`);
}
