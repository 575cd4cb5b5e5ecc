/** What the user asked for: ids, globs of ids, suites and areas, as one test for cases. */
import { glob, globAt } from '../glob.js';
import { HarnessError } from '../errors.js';
import type { CompiledCase } from '../suite/compiled.js';
import type { Select } from '../suite/select.js';
import { didYouMean } from '../suite/suggest.js';
import { AREAS } from '../suite/words.js';

/** The part of a case that patterns speak of. */
export type Named = Pick<CompiledCase, 'id' | 'suite' | 'area'>;

interface Pattern {
  source: string;
  /** the same or more, in the words of the loader, which only knows ids */
  ids: string;
  fits: (named: Named) => boolean;
}

/** Patterns made ready. */
export interface Selection {
  /** what the loader must read at least */
  readonly select: Select;
  fits(named: Named): boolean;
  /** the patterns that fit none of these */
  unmatched(all: readonly Named[]): string[];
}

function suitePattern(source: string): Pattern {
  const area = source.slice(0, source.indexOf('/'));
  const fits = glob(source);
  return {
    source,
    ids: globAt(area) >= 0 ? '*' : `${area}.*`,
    fits: ({ suite }) => fits(suite),
  };
}

function compile(source: string): Pattern {
  if ((AREAS as readonly string[]).includes(source)) {
    return { source, ids: `${source}.*`, fits: ({ area }) => area === source };
  }
  if (source.includes('/')) return suitePattern(source);
  if (globAt(source) < 0) return { source, ids: source, fits: ({ id }) => id === source };
  const fits = glob(source);
  return { source, ids: source, fits: ({ id }) => fits(id) };
}

function requireAreas(areas: readonly string[]): void {
  for (const area of areas) {
    if ((AREAS as readonly string[]).includes(area)) continue;
    const hint = didYouMean(area, AREAS) ?? '';
    throw new HarnessError('E_AREA', `${area} is no area; ${hint}`);
  }
}

/**
 * Makes a selection ready; neither patterns nor areas select everything, both narrow each other.
 * @throws HarnessError `E_AREA` for an unknown area
 */
export function selection(
  patterns: readonly string[] = [],
  areas: readonly string[] = [],
): Selection {
  requireAreas(areas);
  const compiled = patterns.map(compile);
  return {
    select: {
      ...(areas.length > 0 && { areas }),
      ...(compiled.length > 0 && { cases: compiled.map(({ ids }) => ids) }),
    },
    fits: (named) =>
      (areas.length === 0 || areas.includes(named.area)) &&
      (compiled.length === 0 || compiled.some(({ fits }) => fits(named))),
    unmatched: (all) => compiled.filter(({ fits }) => !all.some(fits)).map(({ source }) => source),
  };
}
