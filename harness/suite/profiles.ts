/** Which profiles a case speaks of: `series-02..`, `..linux-5.14`, `a..b`, `"!series-09"`. */
import type { SuiteCode } from './codes.js';
import { didYouMean } from './suggest.js';

/** A row of the table of profiles; the table is the caller's, in the order of the eras. */
export type ProfileName = string;

/** What is wrong with one pattern of a list. */
export interface ProfileProblem {
  code: Extract<SuiteCode, 'E_SUITE_PROFILE' | 'E_SUITE_PROFILE_RANGE'>;
  /** place in the list of patterns */
  index: number;
  message: string;
  hint?: string;
}

export type Selection = { profiles: ProfileName[] } | { problems: ProfileProblem[] };

type Part = { except: boolean; from: number; to: number } | Omit<ProfileProblem, 'index'>;

function find(name: string, fallback: number, known: readonly ProfileName[]): Part | number {
  if (name === '') return fallback;
  const at = known.indexOf(name);
  if (at >= 0) return at;
  const message = `${name} is no known profile`;
  return { code: 'E_SUITE_PROFILE', message, hint: didYouMean(name, known) };
}

function parsePart(pattern: string, known: readonly ProfileName[]): Part {
  const except = pattern.startsWith('!');
  const body = except ? pattern.slice(1) : pattern;
  const dots = body.indexOf('..');
  const [first, last] = dots < 0 ? [body, body] : [body.slice(0, dots), body.slice(dots + 2)];
  if (first === '' && last === '') {
    return {
      code: 'E_SUITE_PROFILE_RANGE',
      message: `"${pattern}" names no profile`,
      hint: 'leave the field out to say: in all profiles',
    };
  }
  const from = find(first, 0, known);
  if (typeof from !== 'number') return from;
  const to = find(last, known.length - 1, known);
  if (typeof to !== 'number') return to;
  if (from > to) {
    return {
      code: 'E_SUITE_PROFILE_RANGE',
      message: `${pattern} runs backwards: ${last} comes before ${first}`,
      hint: `write ${except ? '!' : ''}${last}..${first}`,
    };
  }
  return { except, from, to };
}

/**
 * The profiles that a list of patterns selects, in the order of the table. Patterns add up,
 * exceptions (`!`) take away whatever their place; a list of exceptions alone starts from all.
 * @param known the table, in its order
 * @returns the selection, never empty, or every problem of the list
 */
export function selectProfiles(
  patterns: readonly string[],
  known: readonly ProfileName[],
): Selection {
  const parts = patterns.map((pattern) => parsePart(pattern, known));
  const problems = parts.flatMap((part, index) => ('code' in part ? [{ ...part, index }] : []));
  if (problems.length > 0) return { problems };
  const ranges = parts.flatMap((part) => ('code' in part ? [] : [part]));
  const [added, taken] = [ranges.filter((r) => !r.except), ranges.filter((r) => r.except)];
  const inside = (at: number) => (range: { from: number; to: number }) =>
    range.from <= at && at <= range.to;
  const profiles = known.filter(
    (_, at) => (added.length === 0 || added.some(inside(at))) && !taken.some(inside(at)),
  );
  if (profiles.length > 0) return { profiles };
  const message = 'these patterns leave no profile';
  return { problems: [{ code: 'E_SUITE_PROFILE_RANGE', index: 0, message }] };
}
