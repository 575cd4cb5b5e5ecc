/** What a golden file holds. */

/** One distinct trace, rendered, and the profiles that show it. */
export interface Behaviour {
  readonly profiles: readonly string[];
  readonly text: string;
}

/** How an acceptance changed the golden: `create` only adds, `trim` only removes, `fix` is the rest. */
export const REVIEW_KINDS = ['create', 'fix', 'trim'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** One acceptance: who reads the file sees when and why its behaviours became what they were. */
export interface Review {
  /** `sha256:` and 64 digits: the behaviours that were accepted */
  readonly digest: string;
  readonly kind: ReviewKind;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly reason: string;
}

/** A golden file: one case, its behaviours, and every acceptance of them, oldest first. */
export interface GoldenDocument {
  readonly caseId: string;
  readonly behaviours: readonly Behaviour[];
  readonly reviews: readonly Review[];
}

/** A proposed golden, and the digest of the file it was made from (`none` when there was no file). */
export interface PendingDocument {
  readonly document: GoldenDocument;
  readonly base: string;
}
