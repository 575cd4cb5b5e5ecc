import { expect } from 'chai';
import type { Kernel } from './kernel.js';
import { Lockdep, Mutex, RwSem } from './locks.js';
import type { MightSleep } from './scheduler.js';
import { atomic, booted, expectBug, run, start } from './testing.js';
import { Completion, msleep } from './wait.js';

function* locked(k: Kernel, ...locks: Mutex[]): MightSleep<void> {
  for (const lock of locks) yield* lock.lock(k);
  for (const lock of locks.reverse()) lock.unlock(k);
}

/** Holds a lock for 10 ms. */
function* holding(k: Kernel, lock: Mutex): MightSleep<void> {
  yield* lock.lock(k);
  yield* msleep(k, 10);
  lock.unlock(k);
}

describe('mutex', () => {
  it('has one owner at a time; the others come in order', () => {
    const k = booted();
    const lock = new Mutex('lock');
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      start(
        k,
        name,
        (function* () {
          yield* holding(k, lock);
          order.push(`${name}@${k.sched.now}`);
        })(),
      );
    }
    k.sched.advance(30);
    expect(order).to.deep.equal(['a@10', 'b@20', 'c@30']);
  });

  it('must not be taken twice by one task', () => {
    const k = booted();
    const lock = new Mutex('lock');
    const bug = expectBug('LOCKING', () => {
      run(k, locked(k, lock, lock));
    });
    expect(bug.message).to.equal('main takes lock twice');
  });

  it('must be held by whoever releases it', () => {
    const k = booted();
    const lock = new Mutex('lock');
    expectBug('LOCKING', () => {
      atomic(k, () => {
        lock.unlock(k);
      });
    });
  });

  it('must not be held on the way out of the kernel', () => {
    const k = booted();
    expectBug('LOCKING', () => {
      run(k, new Mutex('lock').lock(k));
    });
  });
});

describe('lockdep', () => {
  it('refuses the opposite of an order that was seen, without any deadlock', () => {
    const k = booted();
    const [a, b] = [new Mutex('a'), new Mutex('b')];
    run(k, locked(k, a, b));
    const bug = expectBug('LOCKING', () => {
      run(k, locked(k, b, a));
    });
    expect(bug.message).to.equal('possible circular locking: b -> a -> b');
  });

  it('goes by the class of a lock, not by the lock', () => {
    const k = booted();
    run(k, locked(k, new Mutex('a'), new Mutex('b')));
    expectBug('LOCKING', () => {
      run(k, locked(k, new Mutex('b'), new Mutex('a')));
    });
  });

  it('allows any number of locks of one class, and the same order again', () => {
    const lockdep = new Lockdep();
    lockdep.check(['a'], 'a');
    lockdep.check(['a'], 'a');
    lockdep.check(['a', 'b'], 'c');
    lockdep.check(['a', 'b'], 'c');
    expectBug('LOCKING', () => {
      lockdep.check(['c'], 'b');
    });
  });

  it('leaves out locks that have no order', () => {
    const k = booted();
    const [a, device] = [new Mutex('a'), new Mutex('device', false)];
    run(k, locked(k, a, device));
    run(k, locked(k, device, a));
  });

  it('knows the order of reader-writer locks as well', () => {
    const k = booted();
    const [sem, lock] = [new RwSem('sem'), new Mutex('lock')];
    const inside = function* (): MightSleep<void> {
      yield* sem.down_read(k);
      yield* locked(k, lock);
      sem.up_read(k);
    };
    run(k, inside());
    expectBug('LOCKING', () => {
      run(
        k,
        (function* () {
          yield* lock.lock(k);
          sem.down_read_trylock(k);
        })(),
      );
    });
  });
});

describe('rw_semaphore', () => {
  /** Keeps it for 10 ms, for reading or writing, and notes when it had it. */
  const user = (k: Kernel, sem: RwSem, log: string[]) => ({
    read: (name: string) =>
      start(
        k,
        name,
        (function* () {
          yield* sem.down_read(k);
          log.push(`${name}@${k.sched.now}`);
          yield* msleep(k, 10);
          sem.up_read(k);
        })(),
      ),
    write: (name: string) =>
      start(
        k,
        name,
        (function* () {
          yield* sem.down_write(k);
          log.push(`${name}@${k.sched.now}`);
          yield* msleep(k, 10);
          sem.up_write(k);
        })(),
      ),
    try: () =>
      atomic(k, () => {
        const got = sem.down_read_trylock(k);
        if (got) sem.up_read(k);
        return got;
      }),
  });
  const setUp = () => {
    const k = booted();
    const log: string[] = [];
    return { k, log, ...user(k, new RwSem('sem'), log) };
  };

  it('lets readers in together', () => {
    const { k, log, read, try: trylock } = setUp();
    read('a');
    read('b');
    expect(trylock()).to.equal(true);
    k.sched.advance(10);
    expect(log).to.deep.equal(['a@0', 'b@0']);
  });

  it('lets a writer in alone', () => {
    const { k, log, read, write } = setUp();
    write('a');
    write('b');
    read('c');
    k.sched.advance(30);
    expect(log).to.deep.equal(['a@0', 'b@10', 'c@20']);
  });

  it('makes readers wait for a writer', () => {
    const { k, log, read, write } = setUp();
    write('w');
    read('r');
    k.sched.advance(20);
    expect(log).to.deep.equal(['w@0', 'r@10']);
  });

  it('refuses to be tried while a writer has it', () => {
    const { k, write, try: trylock } = setUp();
    write('w');
    expect(trylock()).to.equal(false);
    k.sched.advance(10);
    expect(trylock()).to.equal(true);
  });

  it('refuses to be tried while a writer only waits, too', () => {
    const { k, read, write, try: trylock } = setUp();
    read('r');
    write('w');
    expect(trylock()).to.equal(false);
    k.sched.advance(20);
    expect(trylock()).to.equal(true);
  });

  it('keeps new readers behind a writer that waits', () => {
    const { k, log, read, write } = setUp();
    read('r');
    write('w');
    read('late');
    k.sched.advance(20);
    expect(log).to.deep.equal(['r@0', 'w@10', 'late@20']);
  });
});

describe('completion', () => {
  it('lets everybody go on once it has happened, also those who come later', () => {
    const k = booted();
    const comp = new Completion('comp');
    const tasks = ['a', 'b'].map((name) => start(k, name, comp.wait(k)));
    expect([comp.completed, ...tasks.map((task) => task.state)]).to.deep.equal([
      false,
      'sleeping',
      'sleeping',
    ]);
    atomic(k, () => {
      comp.complete(k);
    });
    k.sched.run();
    expect([comp.completed, ...tasks.map((task) => task.result)]).to.deep.equal([
      true,
      'done',
      'done',
    ]);
    expect(run(k, comp.wait(k))).to.equal('done');
  });
});
