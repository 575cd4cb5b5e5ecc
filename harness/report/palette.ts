import type { Palette as TracePalette } from '../trace/explain.js';

/** The colours of a report; picocolors fits. */
export interface Palette extends TracePalette {
  yellow(text: string): string;
  cyan(text: string): string;
}
