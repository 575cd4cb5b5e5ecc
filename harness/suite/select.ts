/** What the user asked for, and which files can hold it. */
import { glob, globAt } from '../glob.js';

export interface Select {
  /** only cases of these areas */
  areas?: readonly string[];
  /** only cases with these ids; `*` and the other signs of a glob are allowed */
  cases?: readonly string[];
}

/** A selection made ready. */
export interface Selector {
  /** whether it is everything: only then a requirement without a case can be told */
  everything: boolean;
  /** whether a file of this area can hold a selected case */
  area(area: string): boolean;
  /** whether this text of a file can */
  text(text: string): boolean;
  /** whether this case is selected */
  case(id: string): boolean;
  /** notes that there is such a case, for {@link unmatched} */
  found(id: string): void;
  /** the patterns that have fitted no case so far */
  unmatched(): string[];
}

interface Pattern {
  source: string;
  /** its part before the first sign of a glob */
  literal: string;
  fits: (id: string) => boolean;
  used: boolean;
}

function compilePattern(source: string): Pattern {
  const at = globAt(source);
  return {
    source,
    literal: at < 0 ? source : source.slice(0, at),
    fits: at < 0 ? (id) => id === source : glob(source),
    used: false,
  };
}

/** A pattern that names its area is only to be found there. */
function mayBeIn(area: string, { literal }: Pattern): boolean {
  const dot = literal.indexOf('.');
  return dot >= 0 ? literal.slice(0, dot) === area : `${area}.`.startsWith(literal);
}

/** Makes a selection ready; no areas and no cases select everything. */
export function selector({ areas, cases }: Select = {}): Selector {
  const patterns = cases?.map(compilePattern);
  const inArea = (area: string) => areas?.includes(area) ?? true;
  return {
    everything: areas === undefined && cases === undefined,
    area: (area) => inArea(area) && (patterns?.some((each) => mayBeIn(area, each)) ?? true),
    text: (text) => patterns?.some(({ literal }) => text.includes(literal)) ?? true,
    case: (id) => patterns?.some(({ fits }) => fits(id)) ?? true,
    found: (id) => {
      for (const pattern of patterns ?? []) pattern.used ||= pattern.fits(id);
    },
    unmatched: () => (patterns ?? []).filter(({ used }) => !used).map(({ source }) => source),
  };
}
