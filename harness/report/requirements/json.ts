/** Requirements for scripts: one object on one line, see json-types.ts. */
import type { Proof } from '../../run/proofs.js';
import type { ProofReport } from './formats.js';
import type { JsonProof, JsonProofs } from './json-types.js';

function proof({ requirement, evidence }: Proof): JsonProof {
  const { id, level, text, reference, source } = requirement;
  const profiles = evidence.map(({ profile, proves, fails }) => ({
    profile,
    proven: proves.length > 0,
    cases: proves.map((each) => each.id),
    fails: fails.map((each) => each.id),
  }));
  return { id, level, text, reference, source, profiles };
}

/** See the head of this file. */
export const report: ProofReport = ({ proofs, coverage }) => {
  const object: JsonProofs = {
    format: 1,
    summary: { ...coverage, ok: coverage.proven === coverage.claims },
    requirements: proofs.map(proof),
  };
  return `${JSON.stringify(object)}\n`;
};
