/** Planned cases side by side: a slice for each job, put together in the order of the plan. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AdapterOptions } from '../adapter/options.js';
import { kindOf } from '../adapter/spec.js';
import { AdapterFault, HarnessError } from '../errors.js';
import { runSlice } from './slice.js';
import type { Work } from './jobs.js';
import type { PlannedCase } from './plan.js';
import type { Outcome } from './types.js';

/** What a thread is given. */
export interface Slice {
  planned: readonly PlannedCase[];
  /** how the implementation is opened */
  adapter: string;
  options: AdapterOptions;
  golden: string;
}

/** What it gives back: its outcomes, or an error of the user's. */
export type SliceResult =
  { outcomes: Outcome[] } | { error: { code: HarnessError['code']; message: string } };

/** Slices of neighbours, as equal as can be. */
function slices(planned: readonly PlannedCase[], count: number): PlannedCase[][] {
  const size = Math.ceil(planned.length / count);
  return Array.from({ length: Math.ceil(planned.length / size) }, (_, index) =>
    planned.slice(index * size, (index + 1) * size),
  );
}

async function inThread(slice: Slice): Promise<Outcome[]> {
  const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: slice });
  const ended = once(worker, 'exit').then((): never => {
    throw new AdapterFault('E_THREAD', 'a thread ended without a result');
  });
  const [result] = (await Promise.race([once(worker, 'message'), ended])) as [SliceResult];
  ended.catch(() => undefined);
  if ('error' in result) throw new HarnessError(result.error.code, result.error.message);
  return result.outcomes;
}

/**
 * Runs the plan in at most `jobs` slices at a time: in threads, or, on implementations that do their
 * work elsewhere, each on an implementation of its own.
 */
export async function* inSlices(
  { planned, implementation: { spec, options }, golden }: Work,
  jobs: number,
): AsyncGenerator<Outcome> {
  const run = kindOf(spec).elsewhere ? runSlice : inThread;
  const running = slices(planned, jobs).map((part) =>
    run({ planned: part, adapter: spec.text, options, golden }),
  );
  // A later slice may fail while an earlier one is awaited: it is told of in its turn.
  for (const slice of running) slice.catch(() => undefined);
  for (const slice of running) yield* await slice;
}
