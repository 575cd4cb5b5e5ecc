import { createRequire } from 'node:module';
import type Picomatch from 'picomatch';

const SIGNS = /[*?[{(!+@|]/;

/** Where the first sign of a glob is; -1: the text is no glob. */
export function globAt(text: string): number {
  return text.search(SIGNS);
}

/** Makes a glob ready. The library is loaded for the first one: an id needs none. */
export function glob(pattern: string): (text: string) => boolean {
  const picomatch = createRequire(import.meta.url)('picomatch') as typeof Picomatch;
  return picomatch(pattern, { dot: true });
}
