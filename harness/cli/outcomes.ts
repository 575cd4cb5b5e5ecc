/** Runs planned cases while somebody may be watching. */
import { outcomesOf, type Work } from '../run/jobs.js';
import type { Outcome } from '../run/types.js';
import { progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** All outcomes, in the order of the plan. */
export async function collectOutcomes(
  work: Work,
  terminal: Terminal,
  jobs?: number,
): Promise<Outcome[]> {
  const watch = progress(terminal, work.planned);
  const outcomes: Outcome[] = [];
  for await (const outcome of outcomesOf(work, jobs)) {
    outcomes.push(outcome);
    await watch.tick();
  }
  watch.end();
  return outcomes;
}
