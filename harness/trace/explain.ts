/** A difference of two traces for people: what was expected, what came, and what stood around it. */
import { align, type Row, type Window } from './explain/align.js';
import { kindSentence, stepLine } from './explain/headline.js';
import { sideBySide, unified } from './explain/layout.js';
import { PLAIN, type Palette } from './explain/palette.js';

export type { Palette } from './explain/palette.js';

/** How much is shown, and how. */
export interface ExplainOptions {
  /** default: `unified` */
  form?: 'unified' | 'side-by-side';
  /** columns; longer lines are clipped. Default: 120 side by side, no limit unified */
  width?: number;
  /** rows before the first difference, default 6 */
  before?: number;
  /** rows from the first difference on, default 10 */
  after?: number;
  /** default: no colours */
  palette?: Palette;
  expectedName?: string;
  actualName?: string;
}

const ENDS = '(the trace ends here)';
const DEFAULT_WIDTH = 120;

/** The side that merely ended says so where its next line would stand, expected before actual. */
function markEnd(rows: Row[], expected: string, actual: string): Row[] {
  if (expected.startsWith(actual)) return [...rows, { actual: ENDS, same: false }];
  if (!actual.startsWith(expected)) return rows;
  const at = rows.findIndex((row) => !row.same);
  return [...rows.slice(0, at), { expected: ENDS, same: false }, ...rows.slice(at)];
}

function heads(
  { expected, actual }: Window['first'],
  names: readonly [string, string],
  palette: Palette,
): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return [
    `  ${names[0].padEnd(width)}  ${palette.red(expected?.trim() ?? ENDS)}`,
    `  ${names[1].padEnd(width)}  ${palette.green(actual?.trim() ?? ENDS)}`,
  ];
}

/**
 * Explains how a trace differs from the expected one, both rendered.
 *
 * @returns lines without a final line feed; the empty string if the two are the same
 */
export function explain(expected: string, actual: string, options: ExplainOptions = {}): string {
  if (expected === actual) return '';
  const { form = 'unified', before = 6, after = 10, palette = PLAIN } = options;
  const { expectedName = 'expected', actualName = 'actual' } = options;
  const window = align(expected, actual, before, after);
  const rows = markEnd(window.rows, expected, actual);
  const longer = expected.length > actual.length ? expected : actual;
  const body =
    form === 'unified'
      ? unified(rows, palette, options.width)
      : sideBySide(rows, palette, options.width ?? DEFAULT_WIDTH);
  return [
    palette.bold(stepLine(longer, window.differsAt)),
    `${kindSentence(expected, actual)}; first at line ${window.differsAt}`,
    ...heads(window.first, [expectedName, actualName], palette),
    '',
    ...body,
    ...(window.hidden > 0 ? [palette.dim(`  … ${window.hidden} more lines`)] : []),
  ].join('\n');
}
