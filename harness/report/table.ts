/** Text in columns. */

/** A cell: what is seen, and how it is coloured once its width is known. */
export interface Cell {
  text: string;
  paint?: (text: string) => string;
}

/** Between columns. */
export const GAP = '  ';

/** Lines with each column as wide as its widest cell. */
export function table(rows: readonly (readonly Cell[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map(({ text, paint = (plain) => plain }, column) => {
        const last = column === row.length - 1;
        return paint(text) + (last ? '' : ' '.repeat(widths[column]! - text.length));
      })
      .join(GAP)
      .trimEnd(),
  );
}
