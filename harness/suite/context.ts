/** What compiling a case needs to know, and where it leaves what is wrong. */
import type { Position } from './compiled.js';
import type { SuiteCode } from './codes.js';
import type { World } from './formats.js';
import { selectProfiles, type ProfileName } from './profiles.js';
import type { Mistake, Path } from './validate.js';

export interface Context {
  world: World;
  mistakes: Mistake[];
  /** ids of the requirements there are; absent when they could not be loaded */
  requirements?: readonly string[];
  position(path: Path, atKey?: boolean): Position;
}

/** Notes a mistake at the value at `path`. */
export function fail(
  context: Context,
  code: SuiteCode,
  path: Path,
  message: string,
  more: Pick<Mistake, 'hint' | 'atKey'> = {},
): void {
  context.mistakes.push({ code, path, message, ...more });
}

/**
 * The profiles that `patterns` selects among those of `within`; a list that selects none is noted.
 * @param patterns absent: all of `within`
 */
export function profilesOf(
  patterns: readonly string[] | undefined,
  within: readonly ProfileName[],
  path: Path,
  context: Context,
): readonly ProfileName[] {
  if (patterns === undefined) return within;
  const selection = selectProfiles(patterns, context.world.profiles);
  if ('problems' in selection) {
    for (const problem of selection.problems) {
      fail(context, problem.code, [...path, problem.index], problem.message, {
        hint: problem.hint,
      });
    }
    return within;
  }
  const chosen = selection.profiles.filter((profile) => within.includes(profile));
  if (chosen.length === 0) {
    const message = 'none of these profiles is among those of the case';
    fail(context, 'E_SUITE_PROFILE_RANGE', path, message);
  }
  return chosen;
}
