/**
 * The way in for goldens that nobody touched: the digest says that the behaviours are byte for byte
 * what was accepted, so the file is not written anew to see whether it is as it should be.
 */
import { digestOfText } from './behaviours.js';
import { parseReview } from './review.js';
import type { Behaviour, GoldenDocument, Review } from './types.js';

const PROFILES = /^profiles( [^\s]+)+$/;
const REVIEWS = '\n\nreview ';
const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** Where the indented lines end that begin at `from`. */
function bodyEnd(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE && text.charCodeAt(at + 1) === SPACE) {
    at = text.indexOf('\n', at) + 1;
  }
  return at;
}

/** Reads the behaviours between two offsets; they end in a line feed. */
function parseBehaviours(text: string, from: number, to: number): Behaviour[] | undefined {
  const behaviours: Behaviour[] = [];
  const seen = new Set<string>();
  for (let at = from; ; at++) {
    const end = text.indexOf('\n', at);
    const directive = text.slice(at, end);
    if (!PROFILES.test(directive)) return undefined;
    const profiles = directive.split(' ').slice(1);
    for (const profile of profiles) {
      if (seen.has(profile)) return undefined;
      seen.add(profile);
    }
    at = bodyEnd(text, end + 1);
    behaviours.push({ profiles, text: text.slice(end + 1, at) });
    if (at === to) return behaviours;
    if (text.charCodeAt(at) !== LINE_FEED) return undefined;
  }
}

function parseReviews(text: string): Review[] | undefined {
  const reviews = text.split('\n').map(parseReview);
  return reviews.includes(undefined) ? undefined : (reviews as Review[]);
}

/**
 * The golden of a case if its file is what was last accepted, as `parseGolden` reads it; undefined
 * if it is not, or one must look closer to say what is wrong.
 */
export function acceptedGolden(text: string, caseId: string): GoldenDocument | undefined {
  const head = `case ${caseId}\n\n`;
  const split = text.lastIndexOf(REVIEWS);
  if (!text.startsWith(head) || split < head.length) return undefined;
  if (!text.endsWith('\n') || text.includes('\r\n')) return undefined;
  const reviews = parseReviews(text.slice(split + 2, -1));
  const accepted = text.slice(head.length, split + 1);
  if (reviews?.at(-1)?.digest !== digestOfText(accepted)) return undefined;
  const behaviours = parseBehaviours(text, head.length, split + 1);
  return behaviours && { caseId, behaviours, reviews: reviews! };
}
