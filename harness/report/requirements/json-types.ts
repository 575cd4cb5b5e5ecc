/** Requirements and their proofs: what scripts may rely on. A field is only ever added. */
import type { Position, Requirement } from '../../suite/compiled.js';

export interface JsonProofs {
  /** version of this format */
  format: 1;
  /** of all requirements of the run, also where only those without a proof are listed */
  summary: {
    requirements: number;
    /** pairs of a requirement and a profile that it holds for */
    claims: number;
    proven: number;
    /** whether every claim is proven */
    ok: boolean;
  };
  requirements: JsonProof[];
}

export interface JsonProof {
  id: string;
  level: Requirement['level'];
  text: string;
  /** where it is written: seed and message, or kernel file, function and version */
  reference: string;
  source: Position;
  profiles: {
    profile: string;
    proven: boolean;
    /** ids of the cases that passed */
    cases: string[];
    /** ids of those that did not */
    fails: string[];
  }[];
}
