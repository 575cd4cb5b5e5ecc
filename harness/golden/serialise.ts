import { serialiseBehaviours } from './behaviours.js';
import { reviewLine } from './review.js';
import type { GoldenDocument, PendingDocument } from './types.js';

function serialise(head: string, { behaviours, reviews }: GoldenDocument): string {
  const parts = [head];
  if (behaviours.length > 0) parts.push(serialiseBehaviours(behaviours));
  if (reviews.length > 0) parts.push(reviews.map((review) => reviewLine(review) + '\n').join(''));
  return parts.join('\n');
}

/** The bytes of a golden file; `parseGolden` is the inverse. */
export function serialiseGolden(document: GoldenDocument): string {
  return serialise(`case ${document.caseId}\n`, document);
}

/** The bytes of a pending golden; `parsePending` is the inverse. */
export function serialisePending({ document, base }: PendingDocument): string {
  return serialise(`case ${document.caseId}\nbase ${base}\n`, document);
}
