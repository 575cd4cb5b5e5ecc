/** What a run proves: each requirement, in each profile it holds for, with the cases that showed it. */
import type { CompiledCase, Requirement } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';
import { groupBy } from './group-by.js';
import type { Outcome } from './types.js';

/** The evidence for a requirement in one profile. */
export interface Evidence {
  profile: ProfileName;
  /** passed: what proves it */
  proves: readonly CompiledCase[];
  /** failed, or could not be run: they prove nothing */
  fails: readonly CompiledCase[];
}

/** A requirement with its evidence in the profiles of the run that it holds for. */
export interface Proof {
  requirement: Requirement;
  evidence: readonly Evidence[];
}

const isProven = ({ proves }: Evidence): boolean => proves.length > 0;

/**
 * Collects what outcomes prove. A requirement that holds for none of `profiles` is left out; a case
 * that was not applicable says nothing.
 */
export function proofsOf(
  outcomes: readonly Outcome[],
  requirements: readonly Requirement[],
  profiles: readonly ProfileName[],
): Proof[] {
  const said = groupBy(
    outcomes.flatMap((outcome) => outcome.case.because.map((id) => ({ id, outcome }))),
    ({ id, outcome }) => `${id} ${outcome.profile}`,
  );
  const evidence = ({ id }: Requirement, profile: ProfileName): Evidence => {
    const here = (said.get(`${id} ${profile}`) ?? []).map(({ outcome }) => outcome);
    const casesThat = (...kinds: string[]): CompiledCase[] =>
      here.filter(({ verdict }) => kinds.includes(verdict.kind)).map((each) => each.case);
    return { profile, proves: casesThat('pass'), fails: casesThat('fail', 'error') };
  };
  return requirements
    .map((requirement) => ({
      requirement,
      evidence: profiles
        .filter((profile) => requirement.profiles?.includes(profile) ?? true)
        .map((profile) => evidence(requirement, profile)),
    }))
    .filter((proof) => proof.evidence.length > 0);
}

/** Only what nothing proves: the requirements that are left, each with those profiles. */
export function uncovered(proofs: readonly Proof[]): Proof[] {
  return proofs
    .map(({ requirement, evidence }) => ({
      requirement,
      evidence: evidence.filter((each) => !isProven(each)),
    }))
    .filter(({ evidence }) => evidence.length > 0);
}

/** How many requirements there are, and in how many of their profiles they are proven. */
export interface Coverage {
  requirements: number;
  /** pairs of a requirement and a profile that it holds for */
  claims: number;
  proven: number;
}

/** Counts proofs. */
export function coverage(proofs: readonly Proof[]): Coverage {
  const evidence = proofs.flatMap((proof) => proof.evidence);
  return {
    requirements: proofs.length,
    claims: evidence.length,
    proven: evidence.filter(isProven).length,
  };
}
