import { KernelBug } from './bug.js';
import type { Kernel } from './kernel.js';
import { WaitQueue, type MightSleep, type Task } from './scheduler.js';
import { wait_event } from './wait.js';

/**
 * Remembers which class of lock was taken inside which, and refuses the opposite order, even where
 * no deadlock came of it. Source: Documentation/locking/lockdep-design.rst, 6.1
 */
export class Lockdep {
  private readonly after = new Map<string, Set<string>>();

  /** @throws KernelBug `LOCKING` when `next` was once held while one of `held` was taken */
  check(held: readonly string[], next: string): void {
    for (const outer of held) {
      if (outer === next) continue;
      if (this.after.get(next)?.has(outer)) {
        throw new KernelBug(
          'LOCKING',
          `possible circular locking: ${outer} -> ${next} -> ${outer}`,
        );
      }
      let inner = this.after.get(outer);
      if (!inner) this.after.set(outer, (inner = new Set()));
      inner.add(next);
    }
  }
}

abstract class Lock {
  protected readonly queue: WaitQueue;

  /**
   * @param name the class of the lock, as lockdep would name it
   * @param ordered false exempts it from the order checks, as the kernel does with device locks
   */
  constructor(
    readonly name: string,
    private readonly ordered = true,
  ) {
    this.queue = new WaitQueue(name);
  }

  protected acquired(k: Kernel, task: Task): void {
    if (this.ordered) {
      const held = (task.held as Lock[]).filter((lock) => lock.ordered);
      k.lockdep.check(
        held.map((lock) => lock.name),
        this.name,
      );
    }
    task.held.push(this);
  }

  protected released(k: Kernel, task: Task): void {
    const at = task.held.lastIndexOf(this);
    if (at < 0) throw new KernelBug('LOCKING', `${task.name} releases ${this.name}, not held`);
    task.held.splice(at, 1);
    k.sched.wake(this.queue);
  }
}

/** One owner at a time, who may sleep. Source: kernel/locking/mutex.c, 6.1 */
export class Mutex extends Lock {
  private owner: Task | undefined;

  /** Takes the lock, sleeping until it is free. */
  *lock(k: Kernel): MightSleep<void> {
    const task = k.current;
    if (this.owner === task)
      throw new KernelBug('LOCKING', `${task.name} takes ${this.name} twice`);
    yield* wait_event(k, this.queue, () => !this.owner);
    this.owner = task;
    this.acquired(k, task);
  }

  /** Whether anybody has it. Source: mutex_is_locked() */
  get locked(): boolean {
    return this.owner !== undefined;
  }

  /** Gives it back and wakes whoever waits. */
  unlock(k: Kernel): void {
    this.owner = undefined;
    this.released(k, k.current);
  }
}

/**
 * Many readers or one writer. A writer that waits keeps new readers out, also those who only try.
 * Source: kernel/locking/rwsem.c, __down_read_trylock(), RWSEM_READ_FAILED_MASK,
 * rwsem_down_read_slowpath(), 6.1
 */
export class RwSem extends Lock {
  private readers = 0;
  private writer = false;
  /** those who wait, first come first served */
  private readonly waiters: { readonly writes: boolean }[] = [];

  /** Takes it for reading, sleeping while a writer has it or waits for it. */
  *down_read(k: Kernel): MightSleep<void> {
    yield* this.wait(k, false, (ahead) => !this.writer && !ahead.some((each) => each.writes));
    this.readers++;
    this.acquired(k, k.current);
  }

  /** Takes it for reading if nobody has it for writing and nobody waits. */
  down_read_trylock(k: Kernel): boolean {
    if (this.writer || this.waiters.length > 0) return false;
    this.readers++;
    this.acquired(k, k.current);
    return true;
  }

  up_read(k: Kernel): void {
    this.readers--;
    this.released(k, k.current);
  }

  /** Takes it for writing, sleeping until everybody else is out. */
  *down_write(k: Kernel): MightSleep<void> {
    yield* this.wait(k, true, (ahead) => !this.writer && this.readers === 0 && ahead.length === 0);
    this.writer = true;
    this.acquired(k, k.current);
  }

  up_write(k: Kernel): void {
    this.writer = false;
    this.released(k, k.current);
  }

  /** Sleeps until `mayGo`, given those who came before and still wait. */
  private *wait(
    k: Kernel,
    writes: boolean,
    mayGo: (ahead: RwSem['waiters']) => boolean,
  ): MightSleep<void> {
    const waiter = { writes };
    this.waiters.push(waiter);
    const ahead = (): RwSem['waiters'] => this.waiters.slice(0, this.waiters.indexOf(waiter));
    yield* wait_event(k, this.queue, () => mayGo(ahead()));
    this.waiters.splice(this.waiters.indexOf(waiter), 1);
  }
}
