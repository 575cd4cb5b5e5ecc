import type { Kernel } from './kernel.js';
import { WaitQueue, type MightSleep } from './scheduler.js';

/** How a wait ended. */
export type WaitOutcome = 'done' | 'timeout' | 'signal';

/**
 * Sleeps on `queue` until `condition` holds.
 * @param timeoutMs gives up after so long; no limit if absent
 * @param interruptible whether a pending signal ends the wait (the task's signal stays pending)
 * Source: include/linux/wait.h, ___wait_event(), 6.1
 */
export function* wait_event(
  k: Kernel,
  queue: WaitQueue,
  condition: () => boolean,
  { timeoutMs, interruptible = false }: { timeoutMs?: number; interruptible?: boolean } = {},
): MightSleep<WaitOutcome> {
  const task = k.current;
  const deadline = timeoutMs === undefined ? undefined : k.sched.now + timeoutMs;
  for (;;) {
    if (condition()) return 'done';
    if (interruptible && task.pending.size > 0) return 'signal';
    if (deadline !== undefined && k.sched.now >= deadline) return 'timeout';
    yield { queue, interruptible, ...(deadline === undefined ? {} : { deadline }) };
  }
}

/** Sleeps for `ms` of virtual time, whatever signals come. Source: kernel/time/timer.c, msleep(), 6.1 */
export function* msleep(k: Kernel, ms: number): MightSleep<void> {
  const deadline = k.sched.now + ms;
  while (k.sched.now < deadline) yield { deadline, interruptible: false };
}

/** Something that happens once, and that others wait for. Source: kernel/sched/completion.c, 6.1 */
export class Completion {
  private done = false;
  private readonly queue: WaitQueue;

  constructor(name: string) {
    this.queue = new WaitQueue(name);
  }

  /** It has happened: everybody who waits goes on. */
  complete(k: Kernel): void {
    this.done = true;
    k.sched.wake(this.queue);
  }

  /** Whether it has happened already. Source: try_wait_for_completion() */
  get completed(): boolean {
    return this.done;
  }

  /** Waits for it, with the limits of {@link wait_event}. */
  wait(
    k: Kernel,
    options?: { timeoutMs?: number; interruptible?: boolean },
  ): MightSleep<WaitOutcome> {
    return wait_event(k, this.queue, () => this.done, options);
  }
}
