/** The two forms in which aligned rows are shown. */
import type { Row } from './align.js';
import type { Palette } from './palette.js';

/** `text` in exactly `width` columns; what is too long ends in an ellipsis. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : text.slice(0, Math.max(0, width - 1)) + '…';
}

/** One line per row: `-` expected, `+` actual. */
export function unified(rows: readonly Row[], palette: Palette, width?: number): string[] {
  const fit = (text: string): string => (width === undefined ? text : clip(text, width));
  return rows.map((row) => {
    if (row.same) return palette.dim(fit('  ' + row.expected!));
    if (row.expected !== undefined) return palette.red(fit('- ' + row.expected));
    return palette.green(fit('+ ' + row.actual!));
  });
}

/** Puts each run of expected lines beside the run of actual lines that stands in its place. */
export function pair(rows: readonly Row[]): Row[] {
  const pairs: Row[] = [];
  let open = 0;
  for (const row of rows) {
    const target = pairs[open];
    if (row.same) open = pairs.push(row);
    else if (row.expected !== undefined) pairs.push({ ...row });
    else if (target === undefined) open = pairs.push({ ...row });
    else {
      target.actual = row.actual!;
      open++;
    }
  }
  return pairs;
}

/** How wide each of two columns is. */
export const columnWidth = (width: number): number => Math.max(10, Math.floor((width - 3) / 2));

/** Two columns: expected on the left, actual on the right, `|` between where they differ. */
export function sideBySide(rows: readonly Row[], palette: Palette, width: number): string[] {
  const column = columnWidth(width);
  const cell = (text = ''): string => clip(text, column).padEnd(column);
  return pair(rows).map((row) => {
    const [left, right] = [cell(row.expected), cell(row.actual).trimEnd()];
    if (row.same) return palette.dim(`${left}   ${right}`);
    return `${palette.red(left)} | ${palette.green(right)}`.trimEnd();
  });
}
