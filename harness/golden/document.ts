/** Asking a golden, and changing it. */
import { digestOf, normalise, textsByProfile } from './behaviours.js';
import { GoldenError } from './error.js';
import { serialiseGolden } from './serialise.js';
import type { Behaviour, GoldenDocument } from './types.js';

export { parseGolden } from './parse.js';
export { serialiseGolden } from './serialise.js';

/** What `profile` shows, undefined if the golden says nothing about it. */
export function behaviourFor(document: GoldenDocument, profile: string): Behaviour | undefined {
  return document.behaviours.find(({ profiles }) => profiles.includes(profile));
}

/** Whether a rendered trace is the golden one of `profile`: bytes, nothing is parsed. */
export function matches(document: GoldenDocument, profile: string, text: string): boolean {
  return behaviourFor(document, profile)?.text === text;
}

/** Whether the behaviours are those that were last accepted. */
export function isReviewed({ behaviours, reviews }: GoldenDocument): boolean {
  return reviews.at(-1)?.digest === digestOf(behaviours);
}

/** @throws GoldenError `E_GOLDEN_UNREVIEWED` if the behaviours are not those last accepted */
export function requireReviewed(document: GoldenDocument, file: string): void {
  if (isReviewed(document)) return;
  const reason =
    'the behaviours are not those of the last review line; restore them, or record and accept';
  const line = serialiseGolden(document).split('\n').length - 1;
  throw new GoldenError('E_GOLDEN_UNREVIEWED', file, line, reason);
}

/** `document`, or a new one, in which `profile` shows `text`; equal behaviours are merged. */
export function withBehaviour(
  document: GoldenDocument,
  profile: string,
  text: string,
  order: readonly string[],
): GoldenDocument {
  const texts = textsByProfile(document.behaviours).set(profile, text);
  return { ...document, behaviours: normalise(texts, order) };
}

/** `document` without what is said about `profiles`. */
export function withoutProfiles(
  document: GoldenDocument,
  profiles: readonly string[],
  order: readonly string[],
): GoldenDocument {
  const texts = textsByProfile(document.behaviours);
  for (const profile of profiles) texts.delete(profile);
  return { ...document, behaviours: normalise(texts, order) };
}
