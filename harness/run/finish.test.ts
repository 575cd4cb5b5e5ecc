/** What a case leaves of the machine. */
import { expect } from 'chai';
import type { Leak } from '../suite/compiled.js';
import { UUIDS } from '../suite/uuids.js';
import { execute } from './execute.js';
import { caseOf, FakeAdapter, write } from './testing/fixtures.js';

/** Runs a case that names leaks on an implementation that leaves something. */
async function fault(leaks: Leak[] | undefined, finish?: () => readonly string[]) {
  const adapter = Object.assign(new FakeAdapter(() => ({ ret: 1 })), finish && { finish });
  const more = leaks ? { leaks } : {};
  const execution = await execute(caseOf([{ call: write }], more), adapter);
  expect(execution.calls, 'what was done is kept').to.have.length(1);
  return execution.fault;
}

describe('the end of a case', () => {
  it('is nobody’s business where the implementation keeps it to itself', async () => {
    expect(await fault(undefined)).to.equal(undefined);
    expect(await fault([{ what: 'a' }])).to.equal(undefined);
  });

  it('is sound if nothing is left', async () => {
    expect(await fault(undefined, () => [])).to.equal(undefined);
  });

  it('is sound if what is left is what the case names, in any order', async () => {
    const named = [{ what: 'b' }, { what: 'a' }];
    expect(await fault(named, () => ['a', 'b'])).to.equal(undefined);
  });

  it('is an error if something is left that the case doesn’t name, in its letters', async () => {
    expect(await fault([{ what: 'b' }], () => [`device ${UUIDS['A']!}`, 'b'])).to.deep.equal({
      code: 'E_LEAK',
      message: 'device A is left, and is no leak that the case names',
    });
  });

  it('is an error if more of it is left than the case names', async () => {
    expect(await fault([{ what: 'a' }], () => ['a', 'a'])).to.include({ code: 'E_LEAK' });
  });

  it('is an error if the case names what is not left', async () => {
    expect(await fault([{ what: 'a' }, { what: 'b' }], () => ['a'])).to.deep.equal({
      code: 'E_LEAK',
      message: 'b is a leak that the case names, and is not left',
    });
  });

  it('is that of the profile', async () => {
    const elsewhere = { what: 'a', only: ['another-era'] };
    expect(await fault([elsewhere], () => [])).to.equal(undefined);
    expect(await fault([elsewhere], () => ['a'])).to.include({ code: 'E_LEAK' });
  });

  it('is the fault of an implementation that doesn’t survive it', async () => {
    const dies = () => {
      throw new Error('gone');
    };
    expect(await fault(undefined, dies)).to.include({ code: 'E_ADAPTER_BUG', message: 'gone' });
  });

  it('is not reached by a case that has died before', async () => {
    let ended = false;
    const adapter = Object.assign(
      new FakeAdapter(({ method }) => {
        if (method === 'write') throw new Error('died');
        return { ret: 0 };
      }),
      { finish: () => ((ended = true), []) },
    );
    const { fault: died } = await execute(caseOf([{ call: write }]), adapter);
    expect([died?.message, ended]).to.deep.equal(['died', false]);
  });
});
