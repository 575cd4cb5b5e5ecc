/** One file: its text by lines, and errors at places in it. */
import type { Position } from './compiled.js';
import type { SuiteError } from './errors.js';
import type { TextMistake } from './text.js';

/** More errors than these in one file are one mistake made often, or no suite at all. */
const MAX_ERRORS = 100;

/** Knows where the lines of a file begin. */
export class SourceFile {
  private starts: number[] | undefined;

  constructor(
    readonly name: string,
    readonly text: string,
  ) {}

  private lines(): readonly number[] {
    if (this.starts === undefined) {
      this.starts = [0];
      let at = this.text.indexOf('\n');
      for (; at >= 0; at = this.text.indexOf('\n', at + 1)) this.starts.push(at + 1);
    }
    return this.starts;
  }

  /** Line and column of an offset, from 1. */
  position(offset: number): Position {
    const starts = this.lines();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.name, line: low + 1, column: offset - starts[low]! + 1 };
  }

  private line(number: number): string {
    const start = this.lines()[number - 1]!;
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
  }

  error({ code, offset, length = 1, message, hint }: TextMistake): SuiteError {
    const place = this.position(offset);
    const text = this.line(place.line);
    const width = Math.max(1, Math.min(length, text.length - place.column + 1));
    return { code, ...place, message, text, width, ...(hint !== undefined && { hint }) };
  }

  /** Adds the line to an error that knows only its place. */
  withText(error: SuiteError): SuiteError {
    return error.line === 0 ? error : { ...error, text: this.line(error.line) };
  }

  /**
   * Errors for all mistakes, up to a number that a reader can use.
   * @param locate finds the place of a mistake; asked only for those that are shown
   */
  errors<M>(mistakes: readonly M[], locate: (mistake: M) => TextMistake): SuiteError[] {
    const shown = mistakes.slice(0, MAX_ERRORS).map((mistake) => this.error(locate(mistake)));
    if (shown.length === mistakes.length) return shown;
    const message = `there are ${mistakes.length - MAX_ERRORS} more errors in this file`;
    return [...shown, { code: 'E_SUITE_TOO_MANY', file: this.name, line: 0, column: 1, message }];
  }
}
