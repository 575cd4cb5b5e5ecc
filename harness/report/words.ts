/** How verdicts are called and coloured, in one place. */
import type { VerdictKind } from '../run/types.js';
import type { Palette } from './palette.js';

interface Word {
  mark: string;
  /** in tables and sums */
  text: string;
  colour: keyof Palette;
}

export const WORDS: Readonly<Record<VerdictKind, Word>> = {
  pass: { mark: '✔', text: 'pass', colour: 'green' },
  fail: { mark: '✖', text: 'fail', colour: 'red' },
  error: { mark: '⚠', text: 'error', colour: 'yellow' },
  'not-applicable': { mark: '–', text: 'not applicable', colour: 'dim' },
};

/** `3 cases`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
