import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Recordings of real kernels, beside the sources: found from the root of the project. */
export const KERNEL = resolve('harness/replay/fixtures/kernel');

/** All of them. */
export function kernelTranscripts(): string[] {
  return readdirSync(KERNEL, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ndjson'))
    .map((path) => join(KERNEL, path))
    .sort();
}
