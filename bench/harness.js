/** The parts of the built harness that the bench drives. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder with the compiled project. */
export const BUILD = process.env.BENCH_BUILD;

/** Loads a compiled module of the project. */
export const load = (file) => import(pathToFileURL(join(BUILD, file)).href);

/** What is needed to write goldens. */
export async function goldenWriter() {
  const [canonical, render, review, serialise] = await Promise.all([
    load('harness/trace/canonical.js'),
    load('harness/trace/render.js'),
    load('harness/golden/review.js'),
    load('harness/golden/serialise.js'),
  ]);
  return { ...canonical, ...render, ...review, ...serialise };
}
