/** Which proposed goldens are meant. */
import { HarnessError } from '../errors.js';
import type { GoldenStore } from '../golden/store.js';
import { implementation } from '../run/implementation.js';
import { selection, type Named } from '../run/selection.js';
import { loadSuites } from '../suite/load.js';
import { nearest } from '../suite/suggest.js';

/** The names of pending cases; their suites are only read for a pattern that is a suite. */
async function named(
  ids: readonly string[],
  patterns: readonly string[],
  suites: string,
): Promise<Named[]> {
  const areaOf = (id: string): string => id.slice(0, id.indexOf('.'));
  if (!patterns.some((pattern) => pattern.includes('/'))) {
    return ids.map((id) => ({ id, suite: '', area: areaOf(id) }));
  }
  const { world } = await implementation('reference');
  const { cases } = await loadSuites(suites, world);
  const suiteOf = new Map(cases.map(({ id, suite }) => [id, suite]));
  return ids.map((id) => ({ id, suite: suiteOf.get(id) ?? '', area: areaOf(id) }));
}

/**
 * Ids of pending goldens, at least one.
 * @param all whether all are meant, which must be said in so many words
 * @throws HarnessError `E_USAGE`, `E_PATTERN`, `E_NOTHING`
 */
export async function choosePending(
  store: GoldenStore,
  patterns: readonly string[],
  all: boolean,
  suites: string,
): Promise<string[]> {
  if (all === patterns.length > 0) {
    throw new HarnessError('E_USAGE', 'name the cases that are meant, or say --all, not both');
  }
  const pending = await named(store.listPending(), patterns, suites);
  if (pending.length === 0) {
    throw new HarnessError('E_NOTHING', 'no golden waits for review; mdevct record proposes some');
  }
  const wanted = selection(patterns);
  const [stranger] = wanted.unmatched(pending);
  if (stranger !== undefined) {
    const near = nearest(
      stranger,
      pending.map(({ id }) => id),
    );
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new HarnessError('E_PATTERN', `nothing is pending for ${stranger}${hint}`);
  }
  return pending.filter(wanted.fits).map(({ id }) => id);
}
