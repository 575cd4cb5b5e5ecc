/** A misspelt symbol says nothing when it is set, and is "none" for ever: so none may be misspelt. */
import { join } from 'node:path';
import { expect } from 'chai';
import { posted } from '../../reference/kconfig/eras.js';
import { symbolsOfEra } from '../../reference/kconfig/kconfig.js';
import { profiles } from '../../reference/profiles.js';
import { ROOT } from '../cli/root.js';
import { implementation } from '../run/implementation.js';
import type { CompiledCall, Expectation } from './compiled.js';
import { loadSuites } from './load.js';

const eras = [...profiles.map(({ kconfig }) => kconfig), ...Object.values(posted)];
const known = new Set(eras.flatMap((era) => [...symbolsOfEra(era).keys()]));

function expected(expect: Expectation): string[] {
  if (expect.kind === 'values') return Object.keys(expect.values);
  if (expect.kind === 'all') return expect.of.flatMap(expected);
  return expect.kind === 'by-profile' ? expect.rows.flatMap((row) => expected(row.expect)) : [];
}

const symbolsIn = ({ template, expect }: CompiledCall): string[] =>
  template.method === 'kconfig'
    ? [...Object.keys(template.params.set ?? {}), ...expected(expect)]
    : [];

describe('the symbols that suites speak of', () => {
  it('are declared in some era each', async () => {
    const { world } = await implementation('reference');
    const select = { areas: ['kconfig'] };
    const { cases } = await loadSuites(join(ROOT, 'suites'), { ...world, select });
    const steps = cases.flatMap(({ id, steps }) => steps.map(({ calls }) => ({ id, calls })));
    const named = steps.flatMap(({ id, calls }) =>
      calls.flatMap(symbolsIn).map((symbol) => ({ id, symbol })),
    );
    expect(named).to.have.length.above(100);
    expect(named.filter(({ symbol }) => !known.has(symbol))).to.deep.equal([]);
  });
});
