/** Long lists in few words. */

/** The first few of a list, and how many more there are. */
export function few(all: readonly string[], limit: number): string {
  const more = all.length - limit;
  return [...all.slice(0, limit), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** As many of a list as fit into a line. */
export function fitting(all: readonly string[], width: number): string {
  let limit = all.length;
  while (limit > 1 && few(all, limit).length > width) limit--;
  return few(all, limit);
}

/** All of a list, over as many lines as it takes. */
export function wrapped(all: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [at, text] of all.entries()) {
    const item = at < all.length - 1 ? `${text},` : text;
    const longer = `${lines.at(-1) ?? ''} ${item}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
