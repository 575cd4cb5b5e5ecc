import type { Kernel } from './kernel.js';
import type { MightSleep } from './scheduler.js';

/** One act of building something, and how it is taken back. Eras differ in which there are, and when. */
export interface Step<T> {
  /** @returns 0, or what makes the whole fail */
  make(k: Kernel, subject: T): MightSleep<number>;
  undo?(k: Kernel, subject: T): MightSleep<void>;
}

/** Takes steps in order; one that fails takes back those before it, newest first. @returns 0 or its result */
export function* make_all<T>(k: Kernel, subject: T, steps: readonly Step<T>[]): MightSleep<number> {
  for (const [at, step] of steps.entries()) {
    const error = yield* step.make(k, subject);
    if (!error) continue;
    yield* undo_all(k, subject, steps.slice(0, at));
    return error;
  }
  return 0;
}

/** Takes back steps that were made, newest first. */
export function* undo_all<T>(k: Kernel, subject: T, steps: readonly Step<T>[]): MightSleep<void> {
  for (const step of [...steps].reverse()) if (step.undo) yield* step.undo(k, subject);
}
