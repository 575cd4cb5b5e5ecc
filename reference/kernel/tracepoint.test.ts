import { expect } from 'chai';
import type { Kernel } from './kernel.js';
import { atomic, booted, events, run } from './testing.js';
import { callback, tracepoint, tracepointAtomic } from './tracepoint.js';
import { msleep } from './wait.js';

describe('trace points', () => {
  for (const [value, shown] of [
    [undefined, 'void'],
    [-19, '-19'],
    [true, '1'],
    [false, '0'],
    [{ some: 'pointer' }, '0'],
  ] as const) {
    it(`show ${JSON.stringify(value) ?? 'nothing'} as ${shown}`, () => {
      const k = booted();
      const traced = tracepoint(
        'fn',
        (x: number) => ({ x }),
        function* () {
          return value;
        },
      );
      expect(run(k, traced(k, 7))).to.equal(value);
      expect(events(k)).to.deep.equal(['fn(7)', `fn = ${shown}`]);
    });
  }

  it('are events of the task that runs the function, around what it does', () => {
    const k = booted();
    const outer = tracepoint(
      'outer',
      () => ({}),
      function* (k: Kernel) {
        inner(k);
        yield* msleep(k, 1);
      },
    );
    const inner = tracepointAtomic(
      'inner',
      () => ({}),
      () => 3,
    );
    run(k, outer(k), 'worker');
    const all = k.takeEvents();
    expect(all.map((event) => event.task)).to.deep.equal(Array(4).fill('worker'));
    expect(all.map((event) => `${event.ev} ${(event as { fn: string }).fn}`)).to.deep.equal([
      'call outer',
      'call inner',
      'return inner',
      'return outer',
    ]);
  });

  it('tell of the calls into a driver', () => {
    const k = booted();
    const body = (function* () {
      return -5;
    })();
    expect(run(k, callback(k, 'drv', 'probe', { dev: 'a' }, body))).to.equal(-5);
    expect(events(k)).to.deep.equal(['drv.probe(a)', 'drv.probe = -5']);
  });

  it('are handed over once', () => {
    const k = booted();
    atomic(k, () => {
      k.emit({ ev: 'log', level: 6, message: 'hello' });
    });
    expect(k.takeEvents()).to.deep.equal([{ ev: 'log', task: 'main', level: 6, message: 'hello' }]);
    expect(k.takeEvents()).to.deep.equal([]);
  });
});
