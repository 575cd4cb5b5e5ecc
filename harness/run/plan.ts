/** Which cases are run, and in which profiles. */
import { HarnessError } from '../errors.js';
import type { CompiledCase } from '../suite/compiled.js';
import { selectProfiles, type ProfileName } from '../suite/profiles.js';
import type { Selection } from './selection.js';

/** A case with the profiles in which it is run, in the order of the table. */
export interface PlannedCase {
  case: CompiledCase;
  profiles: readonly ProfileName[];
}

/**
 * The profiles that the user asked for, by name, range or exception.
 * @param patterns none: all
 * @throws HarnessError `E_PROFILE` for one that there isn't
 */
export function chosenProfiles(
  patterns: readonly string[],
  known: readonly ProfileName[],
): readonly ProfileName[] {
  if (patterns.length === 0) return known;
  const chosen = selectProfiles(patterns, known);
  if ('profiles' in chosen) return chosen.profiles;
  const [problem] = chosen.problems;
  const hint = problem!.hint === undefined ? '' : `; ${problem!.hint}`;
  throw new HarnessError('E_PROFILE', problem!.message + hint);
}

/** The selected cases, each with those of its profiles that are chosen; a case with none is left out. */
export function plan(
  cases: readonly CompiledCase[],
  selection: Selection,
  profiles: readonly ProfileName[],
): PlannedCase[] {
  return cases
    .filter((each) => selection.fits(each))
    .map((each) => ({
      case: each,
      profiles: each.profiles.filter((profile) => profiles.includes(profile)),
    }))
    .filter((planned) => planned.profiles.length > 0);
}
