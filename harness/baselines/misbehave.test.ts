import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DEFAULT_OPTIONS } from '../adapter/options.js';
import { GoldenStore } from '../golden/store.js';
import { implementation } from '../run/implementation.js';
import type { PlannedCase } from '../run/plan.js';
import { Runner } from '../run/runner.js';
import { loadSuites } from '../suite/load.js';

const PROGRAM = fileURLToPath(new URL('misbehave.js', import.meta.url));
const PROFILE = 'linux-6.12';
const CLAIMS = ['modules', 'sysfs', 'vendor:mtty', 'vendor:mscript'];
const CASES = 7;

/** Ways of misbehaving that the harness must survive, with what it calls each. */
const WAYS: Readonly<Record<string, string>> = {
  crash: 'E_ADAPTER_EXIT',
  killed: 'E_ADAPTER_EXIT',
  sleep: 'E_ADAPTER_TIMEOUT',
  babble: 'E_ADAPTER_JSON',
  'half-line': 'E_ADAPTER_HALF_LINE',
  'endless-line': 'E_ADAPTER_LINE',
  'wrong-id': 'E_ADAPTER_ID',
  'bad-event': 'E_ADAPTER_EVENTS',
  'closed-stdout': 'E_ADAPTER_EOF',
};

async function planned(): Promise<PlannedCase[]> {
  const { world } = await implementation();
  const { cases } = await loadSuites('suites', { ...world, select: { areas: ['create-remove'] } });
  return cases
    .filter(
      ({ needs, profiles }) =>
        needs.every((need) => CLAIMS.includes(need)) && profiles.includes(PROFILE),
    )
    .slice(0, CASES)
    .map((each) => ({ case: each, profiles: [PROFILE] }));
}

/** The codes of the faults that the runs of the suite end in. */
async function codesOf(way: string, plan: readonly PlannedCase[]): Promise<string[]> {
  // Who never answers is waited for five times.
  const options = way === 'sleep' ? { ...DEFAULT_OPTIONS, timeoutMs: 1500 } : DEFAULT_OPTIONS;
  const command = `exec "${process.execPath}" "${PROGRAM}" ${way} ${CLAIMS.join()}`;
  const opened = await implementation(`exec:${command}`, options);
  const runner = new Runner(opened.factory, new GoldenStore('golden'));
  const codes: string[] = [];
  for await (const { verdict } of runner.run(plan)) {
    codes.push(verdict.kind === 'error' ? verdict.fault.code : verdict.kind);
  }
  await runner.close();
  await opened.close();
  return codes;
}

describe('the suite on programs that misbehave', function () {
  this.timeout(60_000);

  for (const [way, code] of Object.entries(WAYS)) {
    it(`comes to its end on ${way}, and calls it ${code}`, async () => {
      const given = Array<string>(CASES - 5).fill('E_ADAPTER_GIVEN_UP');
      const expected = [...Array<string>(5).fill(code), ...given];
      expect(await codesOf(way, await planned())).to.deep.equal(expected);
    });
  }
});
