import { TraceSyntaxError } from './error.js';
import { isNumber } from './token.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const DOT = 0x2e;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/** Reads the tokens of one line, from left to right. */
export class Cursor {
  constructor(
    private readonly text: string,
    private readonly lineNumber: number,
    private at = 0,
  ) {}

  /** The error for whatever stands here. */
  error(reason: string): TraceSyntaxError {
    return new TraceSyntaxError(this.lineNumber, reason);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether `word` stands here. */
  sees(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Steps over `word` if it stands here. */
  skip(word: string): boolean {
    if (!this.sees(word)) return false;
    this.at += word.length;
    return true;
  }

  /** Steps over `word`. @throws TraceSyntaxError if something else stands here */
  expect(word: string): void {
    if (!this.skip(word))
      throw this.error(`expected ${JSON.stringify(word)} at column ${this.at + 1}`);
  }

  /** Steps over spaces and says how many. */
  spaces(): number {
    const from = this.at;
    while (this.text.charCodeAt(this.at) === 0x20) this.at++;
    return this.at - from;
  }

  /** The rest of the line, quoted or not. */
  rest(): string {
    if (this.text.charCodeAt(this.at) === QUOTE) return this.quoted();
    const from = this.at;
    this.at = this.text.length;
    return this.text.slice(from);
  }

  /** A token of a field that is a text by its meaning, so that bare digits are no number. */
  raw(): string {
    return this.text.charCodeAt(this.at) === QUOTE ? this.quoted() : this.bare(SPACE);
  }

  /** A value: a number if it reads as one, else a string. */
  scalar(): string | number {
    if (this.text.charCodeAt(this.at) === QUOTE) return this.quoted();
    const text = this.bare(SPACE);
    return isNumber(text) ? Number(text) : text;
  }

  /** A string; bare digits are refused. */
  string(): string {
    const value = this.scalar();
    if (typeof value === 'number') throw this.error(`${value} must be quoted here: it is a text`);
    return value;
  }

  /** A number. */
  number(): number {
    const value = this.scalar();
    if (typeof value === 'string')
      throw this.error(`expected a number, not ${JSON.stringify(value)}`);
    return value;
  }

  /** A string that ends at the first dot, unless it is quoted. */
  upToDot(): string {
    return this.text.charCodeAt(this.at) === QUOTE ? this.quoted() : this.bare(DOT);
  }

  private bare(stop: number): string {
    const { text, at: from } = this;
    let to = from;
    for (; to < text.length; to++) {
      const code = text.charCodeAt(to);
      if (code === SPACE || code === EQUALS || code === stop) break;
    }
    if (to === from) throw this.error(`expected a word at column ${from + 1}`);
    this.at = to;
    return text.slice(from, to);
  }

  private quoted(): string {
    const { text, at: from } = this;
    let to = from + 1;
    for (; to < text.length && text.charCodeAt(to) !== QUOTE; to++) {
      if (text.charCodeAt(to) === BACKSLASH) to++;
    }
    this.at = to + 1;
    try {
      return JSON.parse(text.slice(from, to + 1)) as string;
    } catch {
      throw this.error(`the quoted text at column ${from + 1} is not a JSON string`);
    }
  }
}
