/** The forms in which a comparison of two profiles is told. A new one is a file and a row. */
import type { Comparison } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';
import type { Page } from '../formats.js';

/** A comparison, with the requirements that its cases speak of. */
export interface Compared {
  comparison: Comparison;
  requirements: readonly Requirement[];
}

/** A comparison as text, with a line feed at its end. */
export type CompareReport = (compared: Compared, page: Page) => string;

export const COMPARE_FORMATS = {
  human: async (): Promise<{ report: CompareReport }> => import('./human.js'),
  markdown: async (): Promise<{ report: CompareReport }> => import('./markdown.js'),
  json: async (): Promise<{ report: CompareReport }> => import('./json.js'),
};
