/** One slice of a plan, on an implementation of its own. */
import { implementation } from './implementation.js';
import { outcomesOf } from './jobs.js';
import type { Slice } from './threads.js';
import type { Outcome } from './types.js';

/** @throws HarnessError what keeps the slice from being run */
export async function runSlice({ planned, adapter, options, golden }: Slice): Promise<Outcome[]> {
  const own = await implementation(adapter, options);
  const outcomes: Outcome[] = [];
  try {
    for await (const outcome of outcomesOf({ planned, implementation: own, golden })) {
      outcomes.push(outcome);
    }
  } finally {
    await own.close();
  }
  return outcomes;
}
