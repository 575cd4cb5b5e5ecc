/** The lines around a change, cut out of two aligned traces. */
import type { Row } from '../trace/explain/align.js';
import { CALL } from '../trace/explain/headline.js';
import type { StepRow } from './rows.js';

/** Lines that stand together, after so many that are left out. */
export interface Segment {
  skipped: number;
  rows: Row[];
}

const AROUND = 3;
/** Longer runs of changed lines are cut. */
const LONGEST = 16;

/** The rows that are shown of a change: its own, some around them, the calls they belong to. */
function shownRows(indexes: readonly number[], rows: readonly StepRow[]): number[] {
  const shown = new Set<number>();
  for (const index of indexes) {
    const { step } = rows[index]!;
    shown.add(rows.findIndex((row) => row.step === step && CALL.test(row.expected ?? row.actual!)));
    for (let i = index - AROUND; i <= index + AROUND; i++) if (rows[i]?.step === step) shown.add(i);
  }
  shown.delete(-1);
  return [...shown].sort((a, b) => a - b);
}

const INDENTED = /^ {2}(\S+)( +)(.*)$/;

const depthOf = (line: string | undefined): number =>
  line === undefined ? Infinity : (INDENTED.exec(line)?.[2]!.length ?? 0);

/** Takes off the depth that all lines have in common; the tasks stay. */
function dedent(rows: readonly Row[]): Row[] {
  const common = Math.min(...rows.flatMap((row) => [depthOf(row.expected), depthOf(row.actual)]));
  const cut = (line: string): string =>
    line.replace(INDENTED, (_, task: string, space: string, event: string) =>
      [task, space.slice(Math.max(0, common - 1)), event].join(''),
    );
  return rows.map(({ same, expected, actual }) => ({
    same,
    ...(expected !== undefined && { expected: cut(expected) }),
    ...(actual !== undefined && { actual: cut(actual) }),
  }));
}

/** Cuts the middle out of a long run, so that its beginning and end are seen. */
function shorten({ skipped, rows }: Segment): Segment[] {
  if (rows.length <= LONGEST) return [{ skipped, rows }];
  const half = LONGEST / 2;
  return [
    { skipped, rows: rows.slice(0, half) },
    { skipped: rows.length - LONGEST, rows: rows.slice(-half) },
  ];
}

/** What a reader sees of a change: segments in the order of the trace. */
export function excerpt(indexes: readonly number[], rows: readonly StepRow[]): Segment[] {
  const segments: Segment[] = [];
  let last = -1;
  for (const index of shownRows(indexes, rows)) {
    if (last < 0 || index > last + 1) {
      segments.push({ skipped: last < 0 ? 0 : index - last - 1, rows: [] });
    }
    segments.at(-1)!.rows.push(rows[index]!);
    last = index;
  }
  return segments.flatMap(shorten).map((each) => ({ ...each, rows: dedent(each.rows) }));
}
