/** The forms in which a run is reported. A new one is a file and a row; only the one used is loaded. */
import type { KnownProblem } from '../known/types.js';
import type { Requirement } from '../suite/compiled.js';
import type { Summary } from '../run/summary.js';
import type { Outcome } from '../run/types.js';
import type { Palette } from './palette.js';

/** A finished run. */
export interface Run {
  /** the implementation, as `--adapter` names it */
  adapter: string;
  /** in the order of the plan */
  outcomes: readonly Outcome[];
  summary: Summary;
  requirements: readonly Requirement[];
  /** entries of the file of known failures that don't hold; absent without such a file */
  known?: readonly KnownProblem[];
  /** how long it took, loading included */
  ms: number;
}

/** Where a report is read. */
export interface Page {
  /** columns */
  width: number;
  colours: Palette;
}

/** A run as text, with a line feed at its end. */
export type Report = (run: Run, page: Page) => Promise<string>;

export const FORMATS = {
  human: async (): Promise<{ report: Report }> => import('./human.js'),
  json: async (): Promise<{ report: Report }> => import('./json.js'),
};

export type FormatName = keyof typeof FORMATS;
