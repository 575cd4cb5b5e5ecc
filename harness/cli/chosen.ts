/** From what the user typed to the cases that are meant. */
import { adapterOptionsOf, type AdapterChoice } from './adapter-options.js';
import { HarnessError } from '../errors.js';
import { implementation, type Implementation } from '../run/implementation.js';
import { chosenProfiles, plan, type PlannedCase } from '../run/plan.js';
import { selection } from '../run/selection.js';
import type { Loaded } from '../suite/load.js';
import type { ProfileName } from '../suite/profiles.js';
import type { Choice, Folders } from './options.js';
import { readSuites, requireMatches } from './suite.js';

/** Cases to run, with what they were loaded with. */
export interface Chosen {
  implementation: Implementation;
  /** those in which the implementation is run */
  profiles: readonly ProfileName[];
  loaded: Loaded;
  planned: PlannedCase[];
}

/**
 * Loads the suites and picks the cases that are meant, at least one.
 * @param adapter the implementation under test; absent: the reference
 * @throws HarnessError for everything that keeps a run from being made
 */
export async function choose(
  patterns: readonly string[],
  { area, profile }: Choice,
  { suites }: Pick<Folders, 'suites'>,
  adapter?: AdapterChoice,
): Promise<Chosen> {
  const wanted = selection(patterns, area);
  const impl = adapter
    ? await implementation(adapter.adapter, adapterOptionsOf(adapter))
    : await implementation();
  const asked = profile.length > 0 ? chosenProfiles(profile, impl.world.profiles) : undefined;
  const profiles = await impl.offers(asked);
  const loaded = await readSuites(suites, impl, wanted);
  await requireMatches(loaded, wanted, suites, impl);
  const planned = plan(loaded.cases, wanted, profiles);
  if (planned.length === 0) {
    const where = [...area, ...profile].join(', ');
    throw new HarnessError('E_NOTHING', `no case is selected${where && ` in ${where}`}`);
  }
  return { implementation: impl, profiles, loaded, planned };
}
