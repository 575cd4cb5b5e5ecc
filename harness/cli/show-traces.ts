/** The traces of one case, reviewed or as they are now. */
import { HarnessError } from '../errors.js';
import { GoldenError } from '../golden/error.js';
import { GoldenStore } from '../golden/store.js';
import type { Behaviour } from '../golden/types.js';
import { groupBy } from '../run/group-by.js';
import type { PlannedCase } from '../run/plan.js';
import { recordCase } from '../run/record.js';
import { Sessions } from '../run/sessions.js';
import type { Chosen } from './chosen.js';

/** Traces of a case with the profiles that show them, and where they are from. */
export interface Traces {
  from: 'golden' | 'actual';
  behaviours: readonly Behaviour[];
}

/** The reviewed traces, if there are any. */
function golden({ case: { id }, profiles }: PlannedCase, dir: string): Behaviour[] {
  let all: readonly Behaviour[];
  try {
    all = new GoldenStore(dir).load(id).behaviours;
  } catch (error) {
    if (error instanceof GoldenError) return [];
    throw error;
  }
  return all
    .map((each) => ({ ...each, profiles: each.profiles.filter((name) => profiles.includes(name)) }))
    .filter((each) => each.profiles.length > 0);
}

async function actual(planned: PlannedCase, { implementation }: Chosen): Promise<Behaviour[]> {
  const sessions = new Sessions(implementation.factory);
  const seen: { profile: string; text: string }[] = [];
  for (const profile of planned.profiles) {
    const session = await sessions.get(profile);
    if (!('adapter' in session)) throw new HarnessError('E_ADAPTER', session.message);
    const { text } = await recordCase(planned.case, session.adapter);
    seen.push({ profile, text });
  }
  await sessions.close();
  return [...groupBy(seen, ({ text }) => text)].map(([text, same]) => ({
    profiles: same.map(({ profile }) => profile),
    text,
  }));
}

/** The golden traces of a case; the actual ones if there are none, or if they are asked for. */
export async function tracesOf(
  planned: PlannedCase,
  chosen: Chosen,
  options: { actual: boolean; golden: string },
): Promise<Traces> {
  const reviewed = options.actual ? [] : golden(planned, options.golden);
  return reviewed.length > 0
    ? { from: 'golden', behaviours: reviewed }
    : { from: 'actual', behaviours: await actual(planned, chosen) };
}
