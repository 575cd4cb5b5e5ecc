import { createRequire } from 'node:module';
import type Picomatch from 'picomatch';
import { HarnessError } from './errors.js';

const SIGNS = /[*?[{(!+@|]/;

/** Where the first sign of a glob is; -1: the text is no glob. */
export function globAt(text: string): number {
  return text.search(SIGNS);
}

/** No id, and no useful list of ids, is longer; the library takes ever longer for such. */
const LONGEST = 4096;

/**
 * Makes a glob ready. The library is loaded for the first one: an id needs none.
 * @throws HarnessError `E_PATTERN` for one that is too long
 */
export function glob(pattern: string): (text: string) => boolean {
  if (pattern.length > LONGEST) {
    const start = `${pattern.slice(0, 20)}…`;
    const reason = `a pattern has at most ${LONGEST} characters, ${start} has ${pattern.length}`;
    throw new HarnessError('E_PATTERN', reason);
  }
  const picomatch = createRequire(import.meta.url)('picomatch') as typeof Picomatch;
  return picomatch(pattern, { dot: true });
}
