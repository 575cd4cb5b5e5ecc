/** Goldens on their own, and goldens against the cases. */
import { audit } from '../golden/audit.js';
import { goldenPath } from '../golden/case-id.js';
import { GoldenError } from '../golden/error.js';
import type { GoldenStore } from '../golden/store.js';
import type { GoldenDocument } from '../golden/types.js';
import type { Implementation } from '../run/implementation.js';
import { lacking } from '../run/judge.js';
import type { PlannedCase } from '../run/plan.js';
import type { CompiledCase } from '../suite/compiled.js';
import { TraceSyntaxError } from '../trace/error.js';
import { parse } from '../trace/parse.js';
import { ofGolden, type Problem } from './problem.js';

function load(store: GoldenStore, id: string): GoldenDocument | GoldenError {
  try {
    return store.load(id);
  } catch (error) {
    if (error instanceof GoldenError) return error;
    throw error;
  }
}

function traceProblems({ caseId, behaviours }: GoldenDocument, folder: string): Problem[] {
  return behaviours.flatMap(({ text, profiles }): Problem[] => {
    try {
      parse(text);
      return [];
    } catch (error) {
      if (!(error instanceof TraceSyntaxError)) throw error;
      const message = `the trace of ${profiles.join(' ')}: ${error.message}`;
      return [{ code: error.code, file: `${folder}/${goldenPath(caseId)}`, line: 0, message }];
    }
  });
}

/** What is wrong with the files themselves: reading them, their reviews, their traces. */
export function goldenProblems(store: GoldenStore, folder: string): Problem[] {
  return store.list().flatMap((id) => {
    const document = load(store, id);
    if (document instanceof GoldenError) return [ofGolden(document, folder)];
    return traceProblems(document, folder);
  });
}

/** Cases with the profiles in which the implementation offers what they need; other profiles have no golden. */
export async function applicable(
  cases: readonly CompiledCase[],
  { factory, world }: Implementation,
): Promise<PlannedCase[]> {
  const hellos = new Map(
    await Promise.all(
      world.profiles.map(async (profile) => {
        const adapter = await factory(profile);
        await adapter.close();
        return [profile, adapter.hello] as const;
      }),
    ),
  );
  return cases.map((each) => ({
    case: each,
    profiles: each.profiles.filter((profile) => lacking(each, hellos.get(profile)!).length === 0),
  }));
}

function profileProblems(
  { case: { id }, profiles }: PlannedCase,
  store: GoldenStore,
  folder: string,
) {
  const document = load(store, id);
  if (document instanceof GoldenError) return [];
  const recorded = document.behaviours.flatMap((behaviour) => behaviour.profiles);
  const file = `${folder}/${goldenPath(id)}`;
  const missing = profiles.filter((profile) => !recorded.includes(profile));
  const extra = recorded.filter((profile) => !profiles.includes(profile));
  const problem = (code: string, some: readonly string[], sentence: string): Problem[] =>
    some.length === 0
      ? []
      : [{ code, file, line: 0, message: sentence.replace('…', some.join(', ')) }];
  return [
    ...problem('E_GOLDEN_MISSING', missing, 'says nothing about …; record and accept it'),
    ...problem('E_GOLDEN_ORPHAN', extra, 'the case is not run in …; record it again'),
  ];
}

/** Goldens without a case and cases without a golden, as a whole or in a profile. */
export function pairingProblems(
  planned: readonly PlannedCase[],
  store: GoldenStore,
  folder: string,
): Problem[] {
  const recorded = store.list();
  const ids = planned
    .filter(({ case: { id }, profiles }) => profiles.length > 0 || recorded.includes(id))
    .map(({ case: { id } }) => id);
  return [
    ...audit(ids, recorded, store.strays()).map((error) => ofGolden(error, folder)),
    ...planned.flatMap((each) => profileProblems(each, store, folder)),
  ];
}
