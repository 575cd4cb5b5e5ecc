/** The second implementation, `examples/python`: it is what it claims to be, in all that it claims. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { installed } from '../docs/installed.js';
import { MAIN } from './testing/mdevct.js';

const ADAPTER = 'exec:python3 examples/python/mdev.py';
const PYTHON = installed('python3');

/** What it passes at least, by area; where it passes less, it has lost something. */
const LEAST = {
  registration: 22,
  'create-remove': 42,
  'probe-failure': 30,
  'export-licensing': 12,
  'vendor-devices': 12,
};

/** Recordings without other tasks and without groups that are opened. */
const RECORDINGS = ['collision-power', 'create-duplicates', 'lifecycle-mtty', 'loader'];

interface Report {
  summary: { counts: Record<string, number> };
  areas: { area: string; counts: Record<string, number> }[];
}

function mdevct(...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 60_000,
  });
}

describe(`the Python implementation${PYTHON ? '' : ' (not run: there is no python3 here)'}`, () => {
  // a test without a function is shown as pending
  const test = (title: string, body: Mocha.Func): void => {
    if (PYTHON) it(title, body).timeout(60_000);
    else it(title);
  };

  test('passes every case that it has the capabilities for, and they are many', () => {
    const { status, stdout } = mdevct('run', '--adapter', ADAPTER, '--json');
    const { summary, areas } = JSON.parse(stdout) as Report;
    const { fail, error } = summary.counts;
    expect({ fail, error, status }).to.deep.equal({ fail: 0, error: 0, status: 0 });
    const passed = new Map(areas.map(({ area, counts }) => [area, counts['pass']]));
    for (const [area, least] of Object.entries(LEAST)) {
      expect(passed.get(area), area).to.be.at.least(least);
    }
  });

  test('does what a real kernel was recorded doing, event by event', () => {
    const files = RECORDINGS.map(
      (name) => `harness/replay/fixtures/kernel/linux-6.1/${name}.ndjson`,
    );
    const { status, stdout } = mdevct('replay', ...files, '--adapter', ADAPTER);
    expect(stdout).to.contain('4 files: L1 4, L2 4, L3 4');
    expect(status).to.equal(0);
  });

  test('gives the kit of adapters nothing to find', () => {
    const { status, stdout } = mdevct('adapter', 'check', ADAPTER, '--json');
    const { results } = JSON.parse(stdout) as { results: { id: string; kind: string }[] };
    expect(results.filter(({ kind }) => kind === 'finding')).to.deep.equal([]);
    expect(status).to.equal(0);
  });
});
