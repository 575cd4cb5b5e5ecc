import { expect } from 'chai';
import type { Call } from '../adapter/protocol.js';
import { AdapterFault } from '../errors.js';
import { execute } from './execute.js';
import { A, FakeAdapter, caseOf, log, write } from './testing/fixtures.js';

const open = { method: 'open', params: { path: '/dev/vfio/0' } } as const;
const close = { method: 'close', params: { fd: { ref: 'group' } } } as const;

describe('execute', () => {
  it('resets first, then makes the calls and keeps answers and events', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 36, events: [log('hello')] }));
    const { calls, fault } = await execute(caseOf([{ call: write }]), adapter);
    expect(fault).to.equal(undefined);
    expect(adapter.calls.map(({ method }) => method)).to.deep.equal(['reset', 'write']);
    expect(calls).to.deep.equal([
      { step: 0, record: { call: write, answer: { ret: 36 }, events: [log('hello')] } },
    ]);
  });

  it('loads the modules that the case takes for granted, outside of the trace', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 0 }));
    const { calls } = await execute(
      caseOf([{ call: write }], { loaded: [{ module: 'mdev' }] }),
      adapter,
    );
    expect(adapter.calls[1]).to.deep.equal({ method: 'insmod', params: { module: 'mdev' } });
    expect(calls).to.have.length(1);
  });

  it('blames an implementation that cannot be made ready', async () => {
    const adapter = new FakeAdapter(() => ({ errno: 'ENOENT' }));
    const { fault } = await execute(
      caseOf([{ call: write }], { loaded: [{ module: 'mdev' }] }),
      adapter,
    );
    expect(fault).to.include({ code: 'E_PROLOGUE' });
    expect(fault?.message).to.contain('insmod mdev is ENOENT');
  });

  it('leaves out a module of other eras', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 0 }));
    const loaded = [
      { module: 'vfio_mdev', only: ['another-era'] },
      { module: 'mtty', params: 'x' },
    ];
    await execute(caseOf([{ call: write }], { loaded }), adapter);
    expect(adapter.calls.slice(0, 2)).to.deep.equal([
      { method: 'reset', params: {} },
      { method: 'insmod', params: { module: 'mtty', params: 'x' } },
    ]);
  });

  it('loads no modules where there are none', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 0 }), { capabilities: ['sysfs'] });
    await execute(caseOf([{ call: write }], { loaded: [{ module: 'mdev' }] }), adapter);
    expect(adapter.calls.map(({ method }) => method)).to.deep.equal(['reset', 'write']);
  });

  it('puts descriptors in place of names, -1 for one that could not be opened', async () => {
    const answers = [{ ret: 7 }, { ret: 0 }, { errno: 'EBUSY' }, { errno: 'EBADF' }];
    const adapter = new FakeAdapter(() => answers.shift()!);
    const opening = { call: open, bind: 'group' };
    await execute(caseOf([opening, { call: close }, opening, { call: close }]), adapter);
    const closed = adapter.calls.filter(({ method }) => method === 'close');
    expect(closed.map(({ params }) => params)).to.deep.equal([{ fd: 7 }, { fd: -1 }]);
  });

  it('goes on after an answer that was not expected', async () => {
    const adapter = new FakeAdapter(() => ({ errno: 'EEXIST' }));
    const { calls } = await execute(caseOf([{ call: write }, { call: write }]), adapter);
    const wrong = { expected: 'success', actual: 'EEXIST' };
    expect(calls.map(({ mismatch }) => mismatch)).to.deep.equal([wrong, wrong]);
  });

  it('leaves out the steps of other profiles', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 0 }), { profile: 'new' });
    const steps = [
      { call: write, only: ['old'] },
      { call: open, only: ['new'] },
    ];
    const { calls } = await execute(caseOf(steps), adapter);
    expect(calls.map(({ step }) => step)).to.deep.equal([1]);
  });

  it('ends with the fault of an adapter, and tells at which call', async () => {
    const adapter = new FakeAdapter((call) => {
      if (call.method === 'write') return { ret: 36 };
      throw new AdapterFault('E_MODEL', 'a count below zero');
    });
    const { calls, fault } = await execute(caseOf([{ call: write }, { call: open }]), adapter);
    expect(calls).to.have.length(1);
    const wanted = { code: 'E_MODEL', message: 'a count below zero', call: open, step: 1 };
    expect(fault).to.deep.equal(wanted);
  });

  describe('on an adapter that takes calls ahead', () => {
    /** Answers when it is told to; keeps what was on its way then. */
    class Slow extends FakeAdapter {
      readonly ahead = true;
      readonly onTheWay: number[] = [];
      private waiting: (() => void)[] = [];

      override call(call: Call) {
        const reply = super.call(call);
        return new Promise<typeof reply>((resolve, reject) => {
          const fault = (call.params as { path?: string }).path === '/fault';
          this.waiting.push(() =>
            fault ? reject(new AdapterFault('E_ADAPTER_EXIT', 'gone')) : resolve(reply),
          );
          if (this.waiting.length === 1) setImmediate(() => this.answerAll());
        }) as unknown as typeof reply;
      }

      private answerAll(): void {
        this.onTheWay.push(this.waiting.length);
        for (const answer of this.waiting.splice(0)) answer();
      }
    }
    const read = (path: string) => ({ call: { method: 'read', params: { path } } }) as const;

    it('makes calls before the ones before are answered, but none behind the reset', async () => {
      const adapter = new Slow(() => ({ ret: 0 }));
      const loaded = [{ module: 'mdev' }];
      const { calls } = await execute(caseOf([read('/a'), read('/b')], { loaded }), adapter);
      expect(adapter.onTheWay).to.deep.equal([1, 3]);
      expect(calls.map(({ step }) => step)).to.deep.equal([0, 1]);
    });

    it('waits where a call needs a descriptor that is not there yet', async () => {
      const answers = [{ ret: 7 }, { ret: 0 }, { ret: 0 }];
      const adapter = new Slow(() => answers.shift()!);
      const opening = { call: open, bind: 'group' };
      await execute(caseOf([opening, { call: close }, read('/a')]), adapter);
      expect(adapter.onTheWay).to.deep.equal([1, 1, 2]);
      expect(adapter.calls[2]).to.deep.include({ method: 'close', params: { fd: 7 } });
    });

    it('tells at which call it failed, and leaves none on its way', async () => {
      const adapter = new Slow(() => ({ ret: 0 }));
      const steps = [read('/a'), read('/fault'), read('/b')];
      const { calls, fault } = await execute(caseOf(steps), adapter);
      expect(calls).to.have.length(1);
      expect(fault).to.include({ code: 'E_ADAPTER_EXIT', step: 1 });
      expect(fault?.call).to.deep.equal(steps[1]!.call);
    });

    it('blames the machine that could not be made ready', async () => {
      const adapter = new Slow(({ method }) =>
        method === 'insmod' ? { errno: 'EIO' } : { ret: 0 },
      );
      const { calls, fault } = await execute(
        caseOf([read('/a')], { loaded: [{ module: 'mdev' }] }),
        adapter,
      );
      expect(fault).to.include({ code: 'E_PROLOGUE' });
      expect(calls).to.deep.equal([]);
    });
  });

  it('keeps the stack of an exception that is nobody’s code', async () => {
    const adapter = new FakeAdapter(() => {
      throw new TypeError('undefined is no function');
    });
    const { fault } = await execute(caseOf([{ call: write }]), adapter);
    expect(fault).to.include({ code: 'E_ADAPTER_BUG', message: 'undefined is no function' });
    expect(fault?.stack).to.contain('execute.test');
  });

  it('blames the adapter for whatever it throws', async () => {
    const adapter = new FakeAdapter(() => {
      throw `no ${A}`;
    });
    const { fault } = await execute(caseOf([{ call: write }]), adapter);
    expect(fault?.message).to.equal(`no ${A}`);
  });
});
