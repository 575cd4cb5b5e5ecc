/** The table at the end: areas downwards, profiles across. */
import { VERDICT_KINDS, total, type Counts, type Summary } from '../run/summary.js';
import type { Page } from './formats.js';
import { GAP, table, type Cell } from './table.js';
import { WORDS } from './words.js';

/** `38 pass, 2 fail`; what there is none of is not mentioned. */
export function countsText(counts: Counts): string {
  const some = VERDICT_KINDS.filter((kind) => counts[kind] > 0);
  return some.map((kind) => `${counts[kind]} ${WORDS[kind].text}`).join(', ');
}

function countsCell(counts: Counts, { colours }: Page): Cell {
  const worst = (['error', 'fail', 'pass', 'known-failure', 'not-applicable'] as const).find(
    (k) => counts[k] > 0,
  );
  if (worst === undefined) return { text: '' };
  return { text: countsText(counts), paint: colours[WORDS[worst].colour] };
}

type Column = readonly Cell[];

const widthOf = (column: Column): number => Math.max(...column.map(({ text }) => text.length));

/** As many columns at a time as fit beside the first one. */
function chunks(first: Column, columns: readonly Column[], { width }: Page): Column[][] {
  const all: Column[][] = [];
  let room = 0;
  for (const column of columns) {
    const needed = GAP.length + widthOf(column);
    if (room < needed) {
      all.push([]);
      room = width - widthOf(first);
    }
    all.at(-1)!.push(column);
    room -= needed;
  }
  return all;
}

/** The cells of a profile: its name, its areas, and all of them where there are several. */
function columnOf(profile: string, areas: readonly string[], cells: Summary['cells'], page: Page) {
  const here = cells.filter((cell) => cell.profile === profile);
  const of = (area: string): Cell =>
    countsCell(total(here.filter((cell) => cell.area === area)), page);
  const sum = areas.length > 1 ? [countsCell(total(here), page)] : [];
  return [{ text: profile, paint: page.colours.bold }, ...areas.map(of), ...sum];
}

/** The lines of the table; several below each other where the profiles don't fit. */
export function summaryTable({ cells, profiles }: Summary, page: Page): string[] {
  const areas = [...new Set(cells.map(({ area }) => area))];
  const sum = areas.length > 1 ? [{ text: 'all', paint: page.colours.dim }] : [];
  const names: Column = [{ text: '' }, ...areas.map((text) => ({ text })), ...sum];
  const columns = profiles.map((profile) => columnOf(profile, areas, cells, page));
  return chunks(names, columns, page).flatMap((some, index) => [
    ...(index > 0 ? [''] : []),
    ...table(names.map((name, row) => [name, ...some.map((column) => column[row]!)])),
  ]);
}
