/** Changes of different cases made comparable: names that a case happens to use become numbered. */
import type { Change } from './changes.js';
import { core, type StepRow } from './rows.js';

/** Writes lines so that those of two changes are equal if only such names differ. */
export type Normalise = (lines: readonly string[]) => string[];

/** The letter of a uuid. */
const LETTER = '(?<![\\w.])[A-Z](?![\\w.])';
/** Numbers that count instances; the result of a function is no such thing. */
const NUMBER = '(?<=[a-z/"]|(?:error|group|err) |names=)-?\\d+\\b';

/** One expression for all sorts of names; a sort is a named group of it. */
function namesPattern(vendors: readonly string[]): RegExp {
  const longestFirst = [...vendors].sort((a, b) => b.length - a.length).join('|');
  const sorts = { vendor: `\\b(?:${longestFirst})[\\w-]*`, uuid: LETTER, number: NUMBER };
  const groups = Object.entries(sorts).map(([sort, pattern]) => `(?<${sort}>${pattern})`);
  return RegExp((longestFirst === '' ? groups.slice(1) : groups).join('|'), 'g');
}

/**
 * Uuids and numbers keep their identity inside a change; a vendor's driver, parents and types are all
 * named after it, each vendor in its own way, so that they become one word.
 * @param vendors the names of vendor drivers
 */
export function normaliser(vendors: readonly string[]): Normalise {
  const pattern = namesPattern(vendors);
  return (lines) => {
    const seen = new Map<string, number>();
    return lines.map((line) =>
      line.replace(pattern, (name: string, ...rest: unknown[]) => {
        const groups = rest.at(-1) as Record<string, string | undefined>;
        const sort = Object.keys(groups).find((each) => groups[each] !== undefined)!;
        if (sort === 'vendor') return '<vendor>';
        if (!seen.has(name)) seen.set(name, seen.size);
        return `<${sort} ${seen.get(name)!}>`;
      }),
    );
  };
}

/** Lines of a change with what became of them, without tasks. */
function signedLines({ rows: indexes, earlier }: Change, rows: readonly StepRow[]): string[] {
  const event = (line: string): string => core(line).replace(/^\S+ /, '');
  return indexes.flatMap((index) => {
    const { expected, actual } = rows[index]!;
    // A moved line is there twice: once is enough.
    if (earlier !== undefined && expected === undefined) return [];
    const sign = earlier === undefined ? (expected === undefined ? '+' : '-') : earlier ? '↑' : '↓';
    return [`${sign} ${event(expected ?? actual!)}`];
  });
}

/** What must be equal for changes of two cases to be told as one. */
export function changeKey(change: Change, rows: readonly StepRow[], normalise: Normalise): string {
  return [change.kind, change.far ? 'far' : 'near', ...normalise(signedLines(change, rows))].join(
    '\n',
  );
}
