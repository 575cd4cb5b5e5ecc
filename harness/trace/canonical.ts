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

type Canonicaliser = (trace: Trace) => Trace;

/** Most cases use the same letters for the same uuids. */
const canonicalisers = new Map<string, Canonicaliser>();
const CANONICALISERS_LIMIT = 100;

/**
 * The function that replaces the uuids of one case, for many traces.
 * @throws HarnessError `E_PLACEHOLDER` if `uuids` is not a map from letters to distinct uuids
 */
export function canonicaliser(uuids: Uuids): Canonicaliser {
  const key = Object.entries(uuids).join();
  const known = canonicalisers.get(key);
  if (known) return known;
  const change = cached(placeholders(uuids).toLetters);
  const made: Canonicaliser = (trace) => mapStrings(trace, change);
  if (canonicalisers.size >= CANONICALISERS_LIMIT) canonicalisers.clear();
  canonicalisers.set(key, made);
  return made;
}

/** `trace` with each uuid of the case as its letter; see placeholders.ts for the rules. */
export function canonicalise(trace: Trace, uuids: Uuids): Trace {
  return canonicaliser(uuids)(trace);
}

/** The inverse of {@link canonicalise}: `trace` with each letter as its uuid. */
export function expand(trace: Trace, uuids: Uuids): Trace {
  return mapStrings(trace, cached(placeholders(uuids).toUuids));
}
