import type { Trace } from '../trace/types.js';
import type { Level } from './levels.js';

/** Something of either side. */
export interface Sides<T> {
  expected: T;
  actual: T;
}

/** Both traces as far as one level sees them. */
export interface View extends Sides<Trace> {
  level: Level;
  /** rendered */
  texts: Sides<string>;
}

/** The lines of one call in a rendered trace: indented as they are there. */
export function linesOfCall(text: string, index: number): string {
  return text.split(/^(?= {2}main > )/m)[index] ?? '';
}
