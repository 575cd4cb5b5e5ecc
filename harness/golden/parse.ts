import { GoldenError } from './error.js';
import { parseReview } from './review.js';
import { sections, type Section } from './sections.js';
import { serialiseGolden, serialisePending } from './serialise.js';
import type { Behaviour, GoldenDocument, PendingDocument, Review } from './types.js';

const PROFILES = /^profiles( [^\s]+)+$/;
const BASE = /^base (none|sha256:[0-9a-f]{64})$/;

/** Takes sections from the front, and knows how to complain. */
class Sections {
  constructor(
    private readonly rest: Section[],
    private readonly file: string,
  ) {}

  error(code: 'E_GOLDEN_SYNTAX' | 'E_GOLDEN_DUPLICATE_PROFILE', line: number, reason: string) {
    return new GoldenError(code, this.file, line, reason);
  }

  /** The next section if its directive is called `name`. */
  next(name: string): Section | undefined {
    return this.rest[0]?.directive.split(' ', 1)[0] === name ? this.rest.shift() : undefined;
  }

  end(): void {
    const section = this.rest[0];
    if (section === undefined) return;
    const reason = `${JSON.stringify(section.directive)} does not belong here`;
    throw this.error('E_GOLDEN_SYNTAX', section.line, reason);
  }
}

function readCase(input: Sections): string {
  const section = input.next('case');
  if (section === undefined || section.body !== '') {
    throw input.error('E_GOLDEN_SYNTAX', 1, 'a golden begins with a line "case <id>"');
  }
  return section.directive.slice('case '.length);
}

function readBehaviours(input: Sections): Behaviour[] {
  const behaviours: Behaviour[] = [];
  const seen = new Set<string>();
  for (let section = input.next('profiles'); section; section = input.next('profiles')) {
    const { directive, body, line } = section;
    if (!PROFILES.test(directive)) {
      throw input.error('E_GOLDEN_SYNTAX', line, 'expected "profiles" and the names of profiles');
    }
    const profiles = directive.split(' ').slice(1);
    for (const profile of profiles) {
      if (seen.has(profile)) {
        const reason = `${profile} has a behaviour already; a profile can stand only once`;
        throw input.error('E_GOLDEN_DUPLICATE_PROFILE', line, reason);
      }
      seen.add(profile);
    }
    behaviours.push({ profiles, text: body });
  }
  return behaviours;
}

function readReviews(input: Sections): Review[] {
  const reviews: Review[] = [];
  for (let section = input.next('review'); section; section = input.next('review')) {
    const review = section.body === '' ? parseReview(section.directive) : undefined;
    if (review === undefined) {
      const reason = 'expected "review sha256:<64 digits> create|fix|trim YYYY-MM-DD reason"';
      throw input.error('E_GOLDEN_SYNTAX', section.line, reason);
    }
    reviews.push(review);
  }
  return reviews;
}

/** Blank lines are checked here, in one place: the file must be what would be written for it. */
function requireCanonical(text: string, wanted: string, file: string): void {
  if (text === wanted) return;
  const found = text.split('\n');
  const should = wanted.split('\n');
  const at = found.findIndex((line, i) => line !== should[i]);
  const reason =
    found[at] === '' ? 'a blank line too many' : `expected ${JSON.stringify(should[at] ?? '')}`;
  throw new GoldenError('E_GOLDEN_SYNTAX', file, Math.max(at, 0) + 1, reason);
}

/**
 * Reads a golden without looking into its traces.
 * @throws GoldenError `E_GOLDEN_SYNTAX`, `E_GOLDEN_CONFLICT`, `E_GOLDEN_DUPLICATE_PROFILE`
 */
export function parseGolden(text: string, file: string): GoldenDocument {
  const input = new Sections(sections(text, file), file);
  const caseId = readCase(input);
  const document = { caseId, behaviours: readBehaviours(input), reviews: readReviews(input) };
  input.end();
  requireCanonical(text, serialiseGolden(document), file);
  return document;
}

/** Reads a pending golden: the same with a line `base …` below the case. */
export function parsePending(text: string, file: string): PendingDocument {
  const input = new Sections(sections(text, file), file);
  const caseId = readCase(input);
  const base = BASE.exec(input.next('base')?.directive ?? '')?.[1];
  if (base === undefined) {
    throw input.error('E_GOLDEN_SYNTAX', 2, 'expected "base none" or "base sha256:…"');
  }
  const document = { caseId, behaviours: readBehaviours(input), reviews: readReviews(input) };
  input.end();
  const pending = { document, base };
  requireCanonical(text, serialisePending(pending), file);
  return pending;
}
