/** Lines `review sha256:… kind date reason`: who reads a golden sees why it is as it is. */
import { isDate } from '../date.js';
import { HarnessError } from '../errors.js';
import { digestOf, textsByProfile } from './behaviours.js';
import { REVIEW_KINDS, type GoldenDocument, type Review, type ReviewKind } from './types.js';

const LINE = /^review (sha256:[0-9a-f]{64}) ([a-z]+) (\d{4}-\d{2}-\d{2}) (\S(?:.*\S)?)$/;

/** The review on a line, or undefined if it is none. */
export function parseReview(line: string): Review | undefined {
  const [, digest, word, date, reason] = LINE.exec(line) ?? [];
  const kind = REVIEW_KINDS.find((known) => known === word);
  if (kind === undefined || !isDate(date!)) return undefined;
  return { digest: digest!, kind, date: date!, reason: reason! };
}

/** The inverse of {@link parseReview}. */
export function reviewLine({ digest, kind, date, reason }: Review): string {
  return `review ${digest} ${kind} ${date} ${reason}`;
}

/** How `after` changes `before`: nothing lost, only lost, or anything else. */
export function reviewKind(before: GoldenDocument | undefined, after: GoldenDocument): ReviewKind {
  const old = textsByProfile(before?.behaviours ?? []);
  const now = textsByProfile(after.behaviours);
  const kept = (part: Map<string, string>, whole: Map<string, string>): boolean =>
    [...part].every(([profile, text]) => whole.get(profile) === text);
  if (kept(old, now)) return now.size > old.size ? 'create' : 'fix';
  return kept(now, old) ? 'trim' : 'fix';
}

/**
 * `document` accepted: with one more review line.
 * @param before the golden as it was, undefined if there was none
 * @throws HarnessError `E_REVIEW` without a reason, or with a date that is none
 */
export function withReview(
  document: GoldenDocument,
  before: GoldenDocument | undefined,
  { reason, date }: Pick<Review, 'reason' | 'date'>,
): GoldenDocument {
  const sentence = reason.replace(/\s+/g, ' ').trim();
  if (sentence === '') {
    throw new HarnessError('E_REVIEW', `${document.caseId}: accepting a golden needs a reason`);
  }
  if (!isDate(date)) {
    throw new HarnessError('E_REVIEW', `${document.caseId}: ${date} is no date: YYYY-MM-DD`);
  }
  const digest = digestOf(document.behaviours);
  const review: Review = { digest, kind: reviewKind(before, document), date, reason: sentence };
  return { ...document, reviews: [...document.reviews, review] };
}
