/** Traces with uuids written as letters, so that runs with other uuids give the same bytes. */
import { placeholders, type Uuids } from './placeholders.js';
import { mapStrings } from './strings.js';
import type { Trace } from './types.js';

export type { Uuids } from './placeholders.js';

/** Strings repeat: every path and name is seen many times in a trace. Beyond this, start afresh. */
const CACHE_LIMIT = 20_000;

function cached(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= CACHE_LIMIT) known.clear();
    const after = change(text);
    known.set(text, after);
    return after;
  };
}

/**
 * Makes the function that replaces the uuids of one case, for many traces.
 * @throws HarnessError `E_PLACEHOLDER` if `uuids` is not a map from letters to distinct uuids
 */
export function canonicaliser(uuids: Uuids): (trace: Trace) => Trace {
  const change = cached(placeholders(uuids).toLetters);
  return (trace) => mapStrings(trace, change);
}

/** `trace` with each uuid of the case as its letter; see placeholders.ts for the rules. */
export function canonicalise(trace: Trace, uuids: Uuids): Trace {
  return canonicaliser(uuids)(trace);
}

/** The inverse of {@link canonicalise}: `trace` with each letter as its uuid. */
export function expand(trace: Trace, uuids: Uuids): Trace {
  return mapStrings(trace, cached(placeholders(uuids).toUuids));
}
