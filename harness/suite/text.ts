/** Bytes of a suite file → text, or what keeps them from being one. */
import type { SuiteCode } from './codes.js';

/** Nothing that people write by hand is larger; a parser at 2 MB/s needs a limit. */
export const MAX_BYTES = 1024 * 1024;

/** A mistake at an offset of a text; `length` is what the caret underlines. */
export interface TextMistake {
  code: SuiteCode;
  offset: number;
  length?: number;
  message: string;
  hint?: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Where the first invalid byte is: the longest prefix that decodes ends there. */
function firstInvalid(bytes: Uint8Array): string {
  const tolerant = new TextDecoder('utf-8').decode(bytes);
  // A replacement character that was really in the file is three valid bytes; it is as good a place.
  return tolerant.slice(0, tolerant.indexOf('\ufffd'));
}

/**
 * Decodes UTF-8, strictly.
 * @returns the text without a byte order mark, or the text up to the first invalid byte
 */
export function decode(bytes: Uint8Array): { text: string } | { validUpTo: string } {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { validUpTo: firstInvalid(bytes) };
  }
}

interface Rule {
  code: SuiteCode;
  found: RegExp;
  message: string;
  hint: string;
}

const RULES: readonly Rule[] = [
  {
    code: 'E_SUITE_NUL',
    found: /\0/g,
    message: 'there is a NUL byte here',
    hint: 'is this a binary file? in a text, write "\\0" in quotes',
  },
  {
    code: 'E_SUITE_CONFLICT',
    found: /^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$)/gm,
    message: 'a merge has left its conflict marker here',
    hint: 'resolve the conflict',
  },
  {
    code: 'E_SUITE_TAB',
    found: /(?<=^ *)\t/gm,
    message: 'the line is indented with a tab',
    hint: 'YAML indents with spaces',
  },
];

/** What makes it pointless to parse a text, in the order of the table above. */
export function checkText(text: string): TextMistake[] {
  return RULES.flatMap(({ code, found, message, hint }) =>
    Array.from(text.matchAll(found), ({ index, 0: mark }) => ({
      code,
      offset: index,
      length: mark.length,
      message,
      hint,
    })),
  );
}
