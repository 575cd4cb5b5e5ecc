import { expect } from 'chai';
import fc from 'fast-check';
import { HUNG_TASK_MS, Scheduler, WaitQueue, type MightSleep, type Task } from './scheduler.js';
import { booted, expectBug, holds, start } from './testing.js';
import { msleep, wait_event } from './wait.js';

/** Naps for the given times, and notes each waking. */
function* naps(
  sched: Scheduler,
  log: string[],
  name: string,
  times: readonly number[],
): MightSleep<void> {
  log.push(`${name}@${sched.now}`);
  for (const ms of times) {
    yield { deadline: sched.now + ms, interruptible: false };
    log.push(`${name}@${sched.now}`);
  }
}

function* forever(queue: WaitQueue): MightSleep<void> {
  yield { queue, interruptible: false };
}

describe('scheduler', () => {
  it('runs tasks in the order of their start, each until it sleeps or ends', () => {
    const sched = new Scheduler();
    const log: string[] = [];
    for (const name of ['a', 'b', 'c']) sched.spawn(name, naps(sched, log, name, [0]));
    sched.run();
    expect(log).to.deep.equal(['a@0', 'b@0', 'c@0']);
  });

  it('moves time only where it is told to', () => {
    const sched = new Scheduler();
    const task = sched.spawn('a', naps(sched, [], 'a', [5]));
    sched.run();
    expect([sched.now, task.state]).to.deep.equal([0, 'sleeping']);
    sched.advance(4);
    expect([sched.now, task.state]).to.deep.equal([4, 'sleeping']);
    sched.advance(1);
    expect([sched.now, task.state]).to.deep.equal([5, 'done']);
  });

  it('fires timers of one instant in the order in which they were started', () => {
    const sched = new Scheduler();
    const log: string[] = [];
    sched.spawn('late', naps(sched, log, 'late', [1, 9]));
    sched.spawn('early', naps(sched, log, 'early', [10]));
    sched.spawn('first', naps(sched, log, 'first', [3]));
    sched.run();
    log.length = 0;
    sched.advance(10);
    expect(log).to.deep.equal(['late@1', 'first@3', 'early@10', 'late@10']);
  });

  it('gives the same order whenever the same tasks sleep for the same times', () => {
    const sleepers = fc.array(fc.array(fc.nat(20), { maxLength: 5 }), { maxLength: 6 });
    const trace = (all: readonly (readonly number[])[]): string[] => {
      const sched = new Scheduler();
      const log: string[] = [];
      all.forEach((times, i) => sched.spawn(String(i), naps(sched, log, String(i), times)));
      sched.run();
      sched.advance(1000);
      return log;
    };
    holds(
      fc.property(sleepers, (all) => {
        const log = trace(all);
        expect(trace(all)).to.deep.equal(log);
        const times = log.map((line) => Number(line.split('@')[1]));
        expect(times).to.deep.equal([...times].sort((a, b) => a - b));
        expect(log).to.have.lengthOf(all.length + all.flat().length);
      }),
    );
  });

  it('fires whatever falls due within the time that passes, and nothing else', () => {
    holds(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (times, end) => {
        const sched = new Scheduler();
        const tasks = times.map((ms, i) => sched.spawn(`t${i}`, naps(sched, [], '', [ms])));
        sched.run();
        sched.advance(end);
        expect(sched.now).to.equal(end);
        expect(tasks.map((task) => task.state)).to.deep.equal(
          times.map((ms) => (ms <= end ? 'done' : 'sleeping')),
        );
      }),
    );
  });

  it('wakes the sleepers of a queue first come, first served, all or some', () => {
    const k = booted();
    const queue = new WaitQueue('queue');
    const log: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      start(
        k,
        name,
        (function* () {
          yield { queue, interruptible: false };
          log.push(name);
        })(),
      );
    }
    k.sched.wake(queue, 1);
    k.sched.run();
    expect(log).to.deep.equal(['a']);
    k.sched.wake(queue);
    k.sched.run();
    expect(log).to.deep.equal(['a', 'b', 'c']);
  });

  it('lets a call take as long as it sleeps', () => {
    const sched = new Scheduler();
    const task = sched.spawn('a', naps(sched, [], 'a', [7, 5]));
    sched.runToEnd(task);
    expect([sched.now, task.state]).to.deep.equal([12, 'done']);
  });

  it('lets others run while a call sleeps', () => {
    const sched = new Scheduler();
    const log: string[] = [];
    sched.spawn('other', naps(sched, log, 'other', [3, 3]));
    sched.runToEnd(sched.spawn('call', naps(sched, log, 'call', [6])));
    expect(log).to.deep.equal(['other@0', 'call@0', 'other@3', 'call@6']);
  });

  it('finds a task that nothing will ever wake', () => {
    const sched = new Scheduler();
    const task = sched.spawn('stuck', forever(new WaitQueue('never')));
    const bug = expectBug('HUNG_TASK', () => {
      sched.runToEnd(task);
    });
    expect(bug.message).to.contain('"stuck"');
  });

  it('takes a call that only others’ timers keep alive for hung, after an hour', () => {
    const sched = new Scheduler();
    sched.spawn(
      'ticker',
      (function* () {
        for (;;) yield { deadline: sched.now + 60_000, interruptible: false };
      })(),
    );
    const task = sched.spawn('stuck', forever(new WaitQueue('never')));
    expectBug('HUNG_TASK', () => {
      sched.runToEnd(task);
    });
    expect(sched.now).to.equal(HUNG_TASK_MS);
  });

  it('has no current task outside of one', () => {
    const sched = new Scheduler();
    expectBug('OOPS', () => sched.current);
    const seen: Task[] = [];
    const task = sched.spawn(
      'a',
      (function* () {
        seen.push(sched.current);
      })(),
    );
    sched.run();
    expect(seen).to.deep.equal([task]);
    expectBug('OOPS', () => sched.current);
  });

  it('is not in the middle of a task once that has failed', () => {
    const sched = new Scheduler();
    sched.spawn(
      'a',
      (function* (): MightSleep<void> {
        throw new Error('boom');
      })(),
    );
    expect(() => {
      sched.run();
    }).to.throw('boom');
    expectBug('OOPS', () => sched.current);
  });

  describe('signals', () => {
    /** Sleeps on a queue, whatever wakes it, and says how often it was awake. */
    const sleeper = (interruptible: boolean, deadline?: number) => {
      const k = booted();
      const queue = new WaitQueue('queue');
      let woken = 0;
      const task = start(
        k,
        'sleeper',
        (function* () {
          for (;;) {
            yield { queue, interruptible, ...(deadline === undefined ? {} : { deadline }) };
            woken++;
          }
        })(),
      );
      const kill = (): void => {
        k.sched.kill(task, 'SIGTERM');
        k.sched.run();
      };
      return { k, queue, task, kill, woken: () => woken };
    };

    it('end an interruptible sleep', () => {
      const { kill, woken } = sleeper(true);
      kill();
      expect(woken()).to.equal(1);
    });

    it('wait behind an uninterruptible one', () => {
      const { kill, woken, task } = sleeper(false);
      kill();
      expect(woken()).to.equal(0);
      expect([...task.pending]).to.deep.equal(['SIGTERM']);
    });

    it('take the sleeper off its queue, so that one wake-up wakes it once', () => {
      const { k, queue, kill, woken } = sleeper(true);
      kill();
      k.sched.wake(queue);
      k.sched.run();
      expect(woken()).to.equal(2);
      expect(queue.sleepers).to.have.lengthOf(1);
    });

    it('stop the timer of the sleep that they end', () => {
      const { k, kill, woken } = sleeper(true, 100);
      kill();
      expect(woken()).to.equal(1);
      const timers = (k.sched as unknown as { timers: unknown[] }).timers;
      k.sched.advance(99);
      expect([woken(), timers.length]).to.deep.equal([1, 1]);
    });

    it('leave a runnable task as it is', () => {
      const sched = new Scheduler();
      const log: string[] = [];
      const task = sched.spawn('a', naps(sched, log, 'a', []));
      sched.kill(task, 'SIGTERM');
      sched.run();
      expect([task.state, log.length]).to.deep.equal(['done', 1]);
    });

    it('leave no result when one of them kills', () => {
      const k = booted();
      const task = start(
        k,
        'a',
        (function* () {
          yield* msleep(k, 10);
          return 5;
        })(),
      );
      k.sched.kill(task, 'SIGKILL');
      expect([task.state, task.killed]).to.deep.equal(['sleeping', true]);
      k.sched.advance(10);
      expect([task.state, task.result]).to.deep.equal(['done', undefined]);
    });
  });

  it('refuses to let a task out that holds a lock', () => {
    const sched = new Scheduler();
    const task = sched.spawn('holder', naps(sched, [], '', []));
    task.held.push({});
    expectBug('LOCKING', () => {
      sched.run();
    });
  });
});

describe('wait_event', () => {
  it('does not sleep where the condition holds already', () => {
    const k = booted();
    const queue = new WaitQueue('queue');
    const task = start(
      k,
      'a',
      wait_event(k, queue, () => true),
    );
    expect(task.result).to.equal('done');
  });

  const waiting = (options: { timeoutMs?: number; interruptible?: boolean }) => {
    const k = booted();
    const queue = new WaitQueue('queue');
    const state = { open: false };
    const task = start(
      k,
      'a',
      wait_event(k, queue, () => state.open, options),
    );
    const wake = (): void => {
      k.sched.wake(queue);
      k.sched.run();
    };
    return { k, state, task, wake };
  };

  it('goes on sleeping when it is woken for nothing', () => {
    const { state, task, wake } = waiting({});
    wake();
    expect(task.state).to.equal('sleeping');
    state.open = true;
    wake();
    expect(task.result).to.equal('done');
  });

  it('gives up after its time, however often it is woken before', () => {
    const { k, task, wake } = waiting({ timeoutMs: 10 });
    k.sched.advance(9);
    wake();
    expect(task.state).to.equal('sleeping');
    k.sched.advance(1);
    expect(task.result).to.equal('timeout');
  });

  it('prefers the condition to time and signals', () => {
    const { k, state, task } = waiting({ timeoutMs: 10, interruptible: true });
    state.open = true;
    task.pending.add('SIGTERM');
    k.sched.advance(10);
    expect(task.result).to.equal('done');
  });

  it('ends with a signal, which stays pending, where it is interruptible', () => {
    const { k, task } = waiting({ interruptible: true });
    k.sched.kill(task, 'SIGTERM');
    k.sched.run();
    expect([task.result, task.pending.size]).to.deep.equal(['signal', 1]);
  });

  it('ends at once with a signal that came before', () => {
    const k = booted();
    const task = k.sched.spawn(
      'a',
      (function* () {
        return yield* wait_event(k, new WaitQueue('q'), () => false, { interruptible: true });
      })(),
    );
    k.sched.kill(task, 'SIGTERM');
    k.sched.run();
    expect(task.result).to.equal('signal');
  });

  it('outlasts signals where it is not', () => {
    const { k, task } = waiting({});
    k.sched.kill(task, 'SIGTERM');
    k.sched.run();
    expect(task.state).to.equal('sleeping');
  });
});

describe('msleep', () => {
  it('sleeps its time, whatever signals come', () => {
    const k = booted();
    const task = start(k, 'a', msleep(k, 10));
    k.sched.kill(task, 'SIGTERM');
    k.sched.advance(9);
    expect(task.state).to.equal('sleeping');
    k.sched.advance(1);
    expect(task.state).to.equal('done');
  });
});
