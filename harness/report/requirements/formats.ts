/** The forms in which requirements and their proofs are told. A new one is a file and a row. */
import type { Coverage, Proof } from '../../run/proofs.js';
import type { Page } from '../formats.js';

/** The proofs to tell of, and how all of them count. */
export interface Proven {
  proofs: readonly Proof[];
  coverage: Coverage;
}

/** Proofs as text, with a line feed at its end. */
export type ProofReport = (proven: Proven, page: Page) => string;

export const PROOF_FORMATS = {
  human: async (): Promise<{ report: ProofReport }> => import('./human.js'),
  json: async (): Promise<{ report: ProofReport }> => import('./json.js'),
};
