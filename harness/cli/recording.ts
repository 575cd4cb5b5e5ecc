/** Runs cases and puts their traces into the store as proposals. */
import type { GoldenStore } from '../golden/store.js';
import { lacking } from '../run/judge.js';
import type { PlannedCase } from '../run/plan.js';
import { recordCase } from '../run/record.js';
import { Sessions } from '../run/sessions.js';
import type { Outcome } from '../run/types.js';
import type { CompiledCase } from '../suite/compiled.js';
import type { Chosen } from './chosen.js';

/** What recording a case came to. */
export interface Recorded {
  id: string;
  state: 'pending' | 'unchanged' | 'failed' | 'not-applicable';
}

/** Traces by profile, or the outcomes because of which the case must not be recorded. */
async function traces(
  { case: compiled, profiles }: PlannedCase,
  sessions: Sessions,
): Promise<{ texts: Map<string, string>; broken: Outcome[] }> {
  const texts = new Map<string, string>();
  const broken: Outcome[] = [];
  for (const profile of profiles) {
    const session = await sessions.get(profile);
    if (!('adapter' in session)) {
      const verdict = { kind: 'error', fault: session, failures: [], calls: [] } as const;
      broken.push({ case: compiled, profile, verdict });
      continue;
    }
    if (lacking(compiled, session.adapter.hello).length > 0) continue;
    const recording = await recordCase(compiled, session.adapter);
    if (recording.broken === undefined) texts.set(profile, recording.text);
    else {
      if (recording.broken.kind === 'error') await sessions.drop(profile);
      broken.push({ case: compiled, profile, verdict: recording.broken });
    }
  }
  return { texts, broken };
}

/** The profiles that a golden will speak of once its proposal, if any, is accepted. */
function recordedProfiles(store: GoldenStore, id: string, state: Recorded['state']): string[] {
  const document = state === 'pending' ? store.loadPending(id).document : store.load(id);
  return document.behaviours.flatMap(({ profiles }) => profiles);
}

/** Proposes traces, and to forget those of profiles that the case no longer has. */
function propose(
  store: GoldenStore,
  { id, profiles }: CompiledCase,
  texts: ReadonlyMap<string, string>,
  order: readonly string[],
): Recorded['state'] {
  if (texts.size === 0) return 'not-applicable';
  let state: Recorded['state'] = 'unchanged';
  for (const [profile, text] of texts) state = store.record(id, profile, text, order);
  const stale = recordedProfiles(store, id, state).filter((name) => !profiles.includes(name));
  return stale.length > 0 ? store.trim(id, stale, order) : state;
}

/** Records planned cases: proposals for those that are as expected, outcomes for the others. */
export async function recordAll(
  { planned, implementation }: Chosen,
  store: GoldenStore,
): Promise<{ recorded: Recorded[]; broken: Outcome[] }> {
  const sessions = new Sessions(implementation.factory);
  const recorded: Recorded[] = [];
  const failed: Outcome[] = [];
  for (const each of planned) {
    const { texts, broken } = await traces(each, sessions);
    failed.push(...broken);
    const order = implementation.world.profiles;
    const state = broken.length > 0 ? 'failed' : propose(store, each.case, texts, order);
    recorded.push({ id: each.case.id, state });
  }
  await sessions.close();
  return { recorded, broken: failed };
}
