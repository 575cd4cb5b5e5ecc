/** The table at the end: areas downwards, profiles across. */
import { VERDICT_KINDS, total, type Counts, type Summary } from '../run/summary.js';
import type { Page } from './formats.js';
import { table, type Cell } from './table.js';
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

const AREA_WIDTH = 22;
const COLUMN_WIDTH = 26;

/** As many profiles at a time as fit beside each other. */
function chunks(profiles: readonly string[], { width }: Page): string[][] {
  const size = Math.max(1, Math.floor((width - AREA_WIDTH) / COLUMN_WIDTH));
  return Array.from({ length: Math.ceil(profiles.length / size) }, (_, index) =>
    profiles.slice(index * size, (index + 1) * size),
  );
}

function part({ cells }: Summary, profiles: readonly string[], page: Page): string[] {
  const { bold, dim } = page.colours;
  const areas = [...new Set(cells.map(({ area }) => area))];
  const row = (name: Cell, area?: string): Cell[] => [
    name,
    ...profiles.map((profile) => {
      const here = cells.filter(
        (cell) => cell.profile === profile && (area === undefined || cell.area === area),
      );
      return countsCell(total(here), page);
    }),
  ];
  return table([
    [{ text: '' }, ...profiles.map((text) => ({ text, paint: bold }))],
    ...areas.map((area) => row({ text: area }, area)),
    ...(areas.length > 1 ? [row({ text: 'all', paint: dim })] : []),
  ]);
}

/** The lines of the table; several below each other where the profiles don't fit. */
export function summaryTable(summary: Summary, page: Page): string[] {
  return chunks(summary.profiles, page).flatMap((some, index) => [
    ...(index > 0 ? [''] : []),
    ...part(summary, some, page),
  ]);
}
