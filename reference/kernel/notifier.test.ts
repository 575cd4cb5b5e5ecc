import { expect } from 'chai';
import { Errno } from './errno.js';
import { BlockingNotifierHead, type NotifierBlock } from './notifier.js';
import { booted, run, start } from './testing.js';
import { msleep } from './wait.js';

/** Notes what it is told, after `ms`. */
const noting = (notes: string[], name: string, ms = 0): NotifierBlock<number> => ({
  *call(k, data) {
    if (ms > 0) yield* msleep(k, ms);
    notes.push(`${name} ${data}`);
  },
});

describe('notifier', () => {
  it('tells everybody in the order in which they came', () => {
    const k = booted();
    const head = new BlockingNotifierHead<number>('head');
    const notes: string[] = [];
    for (const name of ['a', 'b']) run(k, head.register(k, noting(notes, name)));
    run(k, head.call_chain(k, 1));
    expect(notes).to.deep.equal(['a 1', 'b 1']);
  });

  it('takes a block once, and warns of a second time', () => {
    const k = booted();
    const head = new BlockingNotifierHead<number>('head');
    const notes: string[] = [];
    const block = noting(notes, 'a');
    run(k, head.register(k, block));
    k.takeEvents();
    run(k, head.register(k, block));
    expect(k.takeEvents().map((event) => event.ev === 'log' && event.message)).to.deep.equal([
      'double register detected',
      'WARNING: CPU: <cpu> PID: <pid> at notifier_chain_register',
    ]);
    run(k, head.call_chain(k, 1));
    expect(notes).to.deep.equal(['a 1']);
  });

  it('lets nobody go while they are being told', () => {
    const k = booted();
    const head = new BlockingNotifierHead<number>('head');
    const notes: string[] = [];
    const slow = noting(notes, 'slow', 10);
    run(k, head.register(k, slow));
    start(k, 'teller', head.call_chain(k, 1));
    const leaving = start(k, 'leaver', head.unregister(k, slow));
    expect(leaving.state).to.equal('sleeping');
    k.sched.advance(10);
    expect(leaving.result).to.equal(0);
    expect(notes).to.deep.equal(['slow 1']);
  });

  it('knows who was never there', () => {
    const k = booted();
    const head = new BlockingNotifierHead<number>('head');
    expect(run(k, head.unregister(k, noting([], 'a')))).to.equal(-Errno.ENOENT);
  });
});
