/** Errors of suite files as data, and as text for people. */
import type { SuiteCode } from './codes.js';

/** One mistake in one place. Loading never throws for the content of files: it returns these. */
export interface SuiteError {
  code: SuiteCode;
  file: string;
  /** from 1; 0 when the error is about the file as a whole */
  line: number;
  /** from 1 */
  column: number;
  /** one sentence, without the code and the place */
  message: string;
  hint?: string;
  /** the line of the file, when there is one */
  text?: string;
  /** how many characters the caret underlines */
  width?: number;
}

const FRAME_WIDTH = 100;
/** Bytes of a suite file are printed to terminals: none may act there. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/g;

const printable = (text: string): string => text.replace(CONTROLS, ' ');

/** The part of a long line around a column, and where the column is in it. */
function cut(text: string, column: number): { text: string; column: number } {
  const start = column <= FRAME_WIDTH ? 0 : column - FRAME_WIDTH / 2;
  return { text: text.slice(start, start + FRAME_WIDTH), column: column - start };
}

function frame(error: SuiteError): string[] {
  if (error.text === undefined || error.line === 0) return [];
  const shown = cut(printable(error.text), error.column);
  const gutter = String(error.line);
  const room = Math.max(1, shown.text.length - shown.column + 1);
  const caret = '^'.repeat(Math.max(1, Math.min(error.width ?? 1, room)));
  return [
    `  ${gutter} | ${shown.text}`,
    `  ${' '.repeat(gutter.length)} | ${' '.repeat(shown.column - 1)}${caret}`,
  ];
}

/** `file:line:column CODE sentence`, the line with a caret, and the hint: one string, no newline at its end. */
export function renderSuiteError(error: SuiteError): string {
  const place = error.line === 0 ? error.file : `${error.file}:${error.line}:${error.column}`;
  const hint = error.hint === undefined ? [] : [`  hint: ${printable(error.hint)}`];
  return [`${place} ${error.code} ${printable(error.message)}`, ...frame(error), ...hint].join(
    '\n',
  );
}

/** By file, line and column, as a reader goes through them. */
export function bySource(a: SuiteError, b: SuiteError): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}
