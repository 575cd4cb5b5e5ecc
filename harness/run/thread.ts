/** The other end of threads.ts: runs one slice and sends what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { HarnessError } from '../errors.js';
import { implementation } from './implementation.js';
import { outcomesOf } from './jobs.js';
import type { Slice, SliceResult } from './threads.js';
import type { Outcome } from './types.js';

async function run({ planned, implementation: name, golden }: Slice): Promise<SliceResult> {
  const outcomes: Outcome[] = [];
  const work = { planned, implementation: await implementation(name), golden };
  try {
    for await (const outcome of outcomesOf(work)) outcomes.push(outcome);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
  return { outcomes };
}

parentPort!.postMessage(await run(workerData as Slice));
