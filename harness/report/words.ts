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
  'known-failure': { mark: '◌', text: 'known to fail', colour: 'dim' },
  'not-applicable': { mark: '–', text: 'not applicable', colour: 'dim' },
};

/** `3 cases`. @param many where an s is not all that it takes */
export function plural(count: number, word: string, many = `${word}s`): string {
  return `${count} ${count === 1 ? word : many}`;
}
