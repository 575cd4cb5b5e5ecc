/** The other end of threads.ts: runs one slice and sends what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { HarnessError } from '../errors.js';
import { runSlice } from './slice.js';
import type { Slice, SliceResult } from './threads.js';

async function run(slice: Slice): Promise<SliceResult> {
  try {
    return { outcomes: await runSlice(slice) };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

parentPort!.postMessage(await run(workerData as Slice));
