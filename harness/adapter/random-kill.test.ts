/**
 * An implementation that dies at random moments: every run comes to its end, and what is no victim has
 * the verdict that it always has. MDEVCT_KILLS=200 for more of them; the seeds are the same each time.
 */
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { GoldenStore } from '../golden/store.js';
import { implementation, type Implementation } from '../run/implementation.js';
import type { PlannedCase } from '../run/plan.js';
import { Runner } from '../run/runner.js';
import type { Outcome } from '../run/types.js';
import { loadSuites } from '../suite/load.js';
import { DEFAULT_OPTIONS } from './options.js';

const KILLS = Number(process.env['MDEVCT_KILLS'] ?? 30);
/** Time for each, on a machine that has much other work. */
const PATIENCE_MS = 20_000 + KILLS * 2000;
const PROFILE = 'linux-6.12';
const CASES = 6;
/** About as many responses as there are in a run of those cases. */
const MOST = 40;

const FRAGILE = fileURLToPath(new URL('testing/fragile.js', import.meta.url));

async function planned({ world }: Implementation): Promise<PlannedCase[]> {
  const { cases } = await loadSuites('suites', { ...world, select: { areas: ['create-remove'] } });
  return cases
    .filter(({ profiles }) => profiles.includes(PROFILE))
    .slice(0, CASES)
    .map((each) => ({ case: each, profiles: [PROFILE] }));
}

/** Runs the plan on an implementation that dies at the moments of a seed. */
async function outcomes(seed: number, plan: readonly PlannedCase[]): Promise<Outcome[]> {
  const exec = `exec:exec "${process.execPath}" "${FRAGILE}" ${seed} ${MOST}`;
  const fragile = await implementation(exec, { ...DEFAULT_OPTIONS, timeoutMs: 8000 });
  const runner = new Runner(fragile.factory, new GoldenStore('golden'));
  const found: Outcome[] = [];
  for await (const outcome of runner.run(plan)) found.push(outcome);
  await runner.close();
  await fragile.close();
  return found;
}

/** Deaths, and nothing else: no timeout, which would be a hang, and no answer taken for another. */
const DEATHS = ['E_ADAPTER_EXIT', 'E_ADAPTER_HALF_LINE'];

describe('an implementation that dies at random moments', function () {
  this.timeout(PATIENCE_MS);

  it(`neither hangs nor corrupts a run, ${KILLS} times`, async () => {
    const reference = await implementation();
    const plan = await planned(reference);
    const codes = new Set<string>();
    let passed = 0;
    let kills = 0;
    for (let seed = 0; kills < KILLS; seed++) {
      const found = await outcomes(seed, plan);
      expect(found.map((outcome) => outcome.case.id)).to.deep.equal(
        plan.map((each) => each.case.id),
      );
      for (const { verdict, case: each } of found) {
        // So unlucky that nothing came to its end: the rest was not tried.
        if (verdict.kind === 'error' && verdict.fault.code === 'E_ADAPTER_GIVEN_UP') continue;
        if (verdict.kind === 'error') {
          expect(DEATHS, `seed ${seed}, ${each.id}`).to.include(verdict.fault.code);
          codes.add(verdict.fault.code);
          kills++;
        } else {
          expect(verdict, `seed ${seed}, ${each.id}`).to.deep.equal({ kind: 'pass' });
          passed++;
        }
      }
    }
    expect([...codes].sort()).to.deep.equal(DEATHS);
    expect(passed).to.be.greaterThan(0);
  });
});
