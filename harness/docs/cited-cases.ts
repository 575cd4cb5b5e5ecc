/** The cases that a document names: `area.words`, and in brackets behind it the profiles it speaks of. */
import { selectProfiles, type ProfileName } from '../suite/profiles.js';

export interface CitedCase {
  /** where it stands: file and line */
  readonly at: string;
  readonly id: string;
  /** as a suite has them: `series-02..`; absent: none are named */
  readonly patterns?: readonly string[];
}

const CITED = /`([a-z-]+)(\.[a-z0-9-]+)`(?: \(([^)]*)\))?/g;

/** Finds the cases that a Markdown text names in its prose, by the areas that there are. */
export function citedCases(
  markdown: string,
  file: string,
  areas: ReadonlySet<string>,
): CitedCase[] {
  return markdown.split('\n').flatMap((line, index) =>
    [...line.matchAll(CITED)].flatMap(([, area, rest, brackets]) => {
      if (!areas.has(area!)) return [];
      const cited = { at: `${file}:${index + 1}`, id: `${area!}${rest!}` };
      return [{ ...cited, ...(brackets !== undefined && { patterns: brackets.split(', ') }) }];
    }),
  );
}

/** What is known of a case. */
export interface KnownCase {
  readonly id: string;
  readonly profiles: readonly ProfileName[];
}

/**
 * Holds a named case against the suite.
 * @param everywhere whether a case without brackets has to be one for all profiles
 * @returns what is wrong, in one sentence, or undefined
 */
export function wrongOf(
  { at, id, patterns }: CitedCase,
  cases: ReadonlyMap<string, KnownCase>,
  profiles: readonly ProfileName[],
  everywhere: boolean,
): string | undefined {
  const known = cases.get(id);
  if (known === undefined) return `${at}: there is no case ${id}`;
  if (patterns === undefined && !everywhere) return undefined;
  const named = selectProfiles(patterns ?? [], profiles);
  if ('problems' in named) return `${at}: ${named.problems[0]!.message}`;
  const missing = named.profiles.filter((profile) => !known.profiles.includes(profile));
  if (missing.length === 0) return undefined;
  return `${at}: ${id} isn't run in ${missing.join(', ')}`;
}
