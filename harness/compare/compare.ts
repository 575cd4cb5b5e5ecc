/** Runs cases in two profiles and holds their traces against each other. */
import { lacking } from '../run/judge.js';
import type { Implementation } from '../run/implementation.js';
import type { PlannedCase } from '../run/plan.js';
import { recordCase } from '../run/record.js';
import { Sessions } from '../run/sessions.js';
import type { Fault } from '../run/types.js';
import type { CompiledCase } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';
import { compareTexts } from '../trace/compare.js';
import { changesOf } from './changes.js';
import { groupChanges } from './group.js';
import { normaliser } from './normalise.js';
import { alignTraces } from './rows.js';
import type { Compared, Comparison, Unusable } from './types.js';

/** A trace, or why there is none: a fault, or the profile is not one of the case. */
type Seen = string | Fault | 'elsewhere';

/** A failed expectation is no hindrance: what came instead is in the trace. */
async function traceIn(
  profile: ProfileName,
  { case: compiled, profiles }: PlannedCase,
  sessions: Sessions,
): Promise<Seen> {
  if (!profiles.includes(profile)) return 'elsewhere';
  const session = await sessions.get(profile);
  if (!('adapter' in session)) return session;
  if (lacking(compiled, session.adapter.hello).length > 0) return 'elsewhere';
  const { text, broken } = await recordCase(compiled, session.adapter);
  if (broken?.kind !== 'error') return text;
  await sessions.drop(profile);
  return broken.fault;
}

/** The differences of two traces of a case. */
export function comparedOf(compiled: CompiledCase, before: string, after: string): Compared {
  if (before === after) return { case: compiled, rows: [], changes: [] };
  const rows = alignTraces(before, after);
  const { kind } = compareTexts(before, after)!;
  return { case: compiled, kind, rows, changes: changesOf(rows) };
}

/** Compares what planned cases do in two profiles. */
export async function compareProfiles(
  planned: readonly PlannedCase[],
  profiles: readonly [ProfileName, ProfileName],
  { factory, world }: Pick<Implementation, 'factory' | 'world'>,
  tick: () => Promise<void> = async () => undefined,
): Promise<Comparison> {
  const sessions = new Sessions(factory);
  const compared: Compared[] = [];
  const unusable: Unusable[] = [];
  const only = profiles.map((profile) => ({ profile, cases: [] as CompiledCase[] }));
  for (const each of planned) {
    const seen: Seen[] = [];
    for (const profile of profiles) {
      seen.push(await traceIn(profile, each, sessions));
      await tick();
    }
    const [before, after] = seen as [Seen, Seen];
    for (const [at, trace] of seen.entries()) {
      if (typeof trace === 'object')
        unusable.push({ case: each.case, profile: profiles[at]!, fault: trace });
    }
    if (before === 'elsewhere') only[1]!.cases.push(each.case);
    else if (after === 'elsewhere') only[0]!.cases.push(each.case);
    else if (typeof before === 'string' && typeof after === 'string')
      compared.push(comparedOf(each.case, before, after));
  }
  await sessions.close();
  const groups = groupChanges(compared, normaliser(world.vendors));
  return { profiles, compared, groups, only, unusable };
}
