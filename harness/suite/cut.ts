/**
 * Parsing is what loading costs, and a selection needs few cases: the others are blanked before. Lines
 * stay where they are, so that errors do; what is not written in the usual way stays in the text.
 */

interface Shape {
  /** the first line of an item, with its id */
  start: RegExp;
  /** a line that is no longer inside the item */
  end: RegExp;
}

/** Cases: items of a list that is indented by two spaces. */
export const CASES: Shape = {
  start: /^ {2}- id: +["']?([^\s"'#]+)["']?\s*$/,
  end: /^ {0,2}[^\s#]/,
};
/** Requirements: items of a list at the top. */
export const ROWS: Shape = { start: /^- id: +["']?([^\s"'#]+)["']?\s*$/, end: /^[^\s#]/ };

/** The ids of the items, as far as they are written in the usual way. */
export function idsIn(text: string, { start }: Shape): string[] {
  return text.split('\n').flatMap((line) => start.exec(line)?.[1] ?? []);
}

/**
 * Blanks the items that are not wanted.
 * @returns the text, as many lines as before; nothing if it had items and none is wanted
 */
export function keepItems(
  text: string,
  { start, end }: Shape,
  wanted: (id: string) => boolean,
): string | undefined {
  let [kept, blanked, inside] = [0, 0, false];
  const lines = text.split('\n').map((line) => {
    const id = start.exec(line)?.[1];
    if (id !== undefined) {
      inside = !wanted(id);
      if (inside) blanked++;
      else kept++;
    } else if (end.test(line)) {
      if (/^\s*- /.test(line)) kept++;
      inside = false;
    }
    return inside ? '' : line;
  });
  return kept === 0 && blanked > 0 ? undefined : lines.join('\n');
}
