/** The golden of a case, as the judge needs it: read once for all its profiles. */
import { behaviourFor } from '../golden/document.js';
import { GoldenError } from '../golden/error.js';
import type { GoldenDocument } from '../golden/types.js';
import type { ProfileName } from '../suite/profiles.js';
import type { Failure } from './types.js';

/** Where goldens come from: the store, or a test. */
export interface Goldens {
  /** @throws GoldenError if there is none that was reviewed */
  load(caseId: string): GoldenDocument;
}

export type NoGolden = Extract<Failure, { kind: 'no-golden' }>;

/** The golden text of a profile, or why there is none. */
export type GoldenText = string | NoGolden;

/** What to do about a golden that isn't there, by code; other codes name a file that is broken. */
const RECORD = (id: string) =>
  `mdevct record ${id}, read it, then mdevct accept ${id} --reason "…"`;
const REMEDIES: Readonly<Record<string, (id: string) => string>> = {
  E_GOLDEN_MISSING: RECORD,
  E_GOLDEN_UNREVIEWED: (id) => `restore the file, or ${RECORD(id)}`,
};
const REPAIR = (): string => 'repair the file, or restore it';

/** Why a case cannot be compared, with what to do about it. */
function noGolden(code: string, message: string, caseId: string): NoGolden {
  return { kind: 'no-golden', code, message, remedy: (REMEDIES[code] ?? REPAIR)(caseId) };
}

/** Reads the golden of a case: profile → its text. What is wrong with it is a failure of the case. */
export function goldenOf(goldens: Goldens, caseId: string): (profile: ProfileName) => GoldenText {
  let document: GoldenDocument;
  try {
    document = goldens.load(caseId);
  } catch (error) {
    if (!(error instanceof GoldenError)) throw error;
    const failure = noGolden(error.code, error.message, caseId);
    return () => failure;
  }
  return (profile) => {
    const text = behaviourFor(document, profile)?.text;
    if (text !== undefined) return text;
    const message = `the golden of ${caseId} says nothing about ${profile}`;
    return noGolden('E_GOLDEN_MISSING', message, caseId);
  };
}
