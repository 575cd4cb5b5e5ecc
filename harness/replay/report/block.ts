/** A mismatch for people: which step, which call, and both sides of the first difference. */
import { align, type Row } from '../../trace/explain/align.js';
import { sideBySide, unified } from '../../trace/explain/layout.js';
import { PLAIN, type Palette } from '../../trace/explain/palette.js';
import { callText } from '../../trace/render-call.js';
import type { Mismatch, Place } from '../mismatch.js';
import { lettersFor, type Letters } from './letters.js';

/** How a mismatch is shown. */
export interface BlockOptions {
  /** columns; default 200, for a file or a pipe */
  width?: number | undefined;
  /** default: no colours */
  palette?: Palette | undefined;
  /** the name of the side that is not the recording */
  implementation: string;
}

const BEFORE = 6;
const AFTER = 10;
const DEFAULT_WIDTH = 200;
/** In less than this, two columns would show nothing but the beginnings of paths. */
const NARROW = 100;
const RECORDING = 'kernel';
const NOTHING = '(nothing here)';
const GUTTER = 3;

const textsOf = (row: Row): string[] =>
  [row.expected, row.actual].filter((text) => text !== undefined);

function withLetters(row: Row, { write }: Letters): Row {
  return {
    same: row.same,
    ...(row.expected !== undefined && { expected: write(row.expected) }),
    ...(row.actual !== undefined && { actual: write(row.actual) }),
  };
}

/** Two columns, no wider than the longest line; one column where two don't fit. */
function layout(rows: readonly Row[], names: [string, string], options: BlockOptions): string[] {
  const { width = DEFAULT_WIDTH, palette = PLAIN } = options;
  if (width < NARROW) return unified(rows, palette);
  const longest = Math.max(...rows.flatMap(textsOf).map((text) => text.length));
  const titles = { expected: `  ${names[0]}`, actual: `  ${names[1]}`, same: true };
  return sideBySide([titles, ...rows], palette, Math.min(width, 2 * longest + GUTTER));
}

/** `name  value`, the values below each other. */
function fields(list: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...list.map(([name]) => name.length));
  return list.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** One place in few words, for those that are not shown in full. */
function brief({ line, call, expected = NOTHING, actual = NOTHING }: Place): string {
  return `line ${line}, ${callText(call)}: "${actual}" for "${expected}"`;
}

/** The lines that describe a mismatch, uuids as letters. */
export function block(mismatch: Mismatch, options: BlockOptions): string[] {
  const { texts, call, step, line, earlier, expected = NOTHING, actual = NOTHING } = mismatch;
  const { palette = PLAIN, implementation } = options;
  const { rows, hidden } = align(texts.expected, texts.actual, BEFORE, AFTER);
  const before = earlier === undefined ? [] : [brief(earlier)];
  const letters = lettersFor([
    callText(call),
    expected,
    actual,
    ...rows.flatMap(textsOf),
    ...before,
  ]);
  const heads = fields([
    ['step', palette.bold(step ?? '(before the first step)')],
    ['call', `${letters.write(callText(call))}  ${palette.dim(`line ${line}`)}`],
    [RECORDING, palette.red(letters.write(expected))],
    [implementation, palette.green(letters.write(actual))],
    ...before.map((text) => ['earlier', palette.dim(letters.write(text))] as const),
  ]);
  const shown = rows.map((row) => withLetters(row, letters));
  return [
    ...heads,
    '',
    ...layout(shown, [RECORDING, implementation], options),
    ...(hidden > 0 ? [palette.dim(`  … ${hidden} more lines of this call`)] : []),
    ...Object.entries(letters.uuids).map(([name, uuid]) => palette.dim(`  ${name} = ${uuid}`)),
  ];
}
