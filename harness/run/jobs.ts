/** Outcomes of planned cases, in this thread or in several, always in the order of the plan. */
import { GoldenStore } from '../golden/store.js';
import type { Implementation } from './implementation.js';
import type { PlannedCase } from './plan.js';
import { Runner } from './runner.js';
import type { Outcome } from './types.js';

/** What is to be run, on what, and where its goldens are. */
export interface Work {
  planned: readonly PlannedCase[];
  implementation: Pick<Implementation, 'spec' | 'options' | 'factory'>;
  /** folder of the goldens */
  golden: string;
}

async function* here({ planned, implementation, golden }: Work): AsyncGenerator<Outcome> {
  const runner = new Runner(implementation.factory, new GoldenStore(golden));
  try {
    yield* runner.run(planned);
  } finally {
    await runner.close();
  }
}

/** @param jobs how many slices at a time; 1 starts no threads */
export async function* outcomesOf(work: Work, jobs = 1): AsyncGenerator<Outcome> {
  if (jobs <= 1 || work.planned.length <= 1) return yield* here(work);
  const { inSlices } = await import('./threads.js');
  yield* inSlices(work, jobs);
}
