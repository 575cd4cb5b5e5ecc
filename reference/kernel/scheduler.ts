import { KernelBug } from './bug.js';

/** What a task waits for: to be woken through a queue, for a time, or for either. */
export interface Sleep {
  /** the queue whose wake-up ends the sleep */
  queue?: WaitQueue;
  /** the instant of virtual time, in ms, that ends the sleep */
  deadline?: number;
  /** whether a signal ends the sleep */
  interruptible: boolean;
}

/** A kernel function that may sleep: it hands each sleep to the scheduler and goes on when woken. */
export type MightSleep<T> = Generator<Sleep, T, void>;

export type Signal = 'SIGTERM' | 'SIGKILL';

/** Tasks that sleep until somebody wakes them, first come first served. */
export class WaitQueue {
  readonly sleepers: Task[] = [];

  constructor(readonly name: string) {}
}

/** One thread of execution in the kernel: a system call somebody made. */
export class Task {
  /** the outcome, once it is done; `undefined` for a task that was killed */
  result: unknown;
  state: 'runnable' | 'sleeping' | 'done' = 'runnable';
  sleep: Sleep | undefined;
  readonly pending = new Set<Signal>();
  /** what is left to do before the return to user space. Source: task_work_add(), 6.1 */
  readonly work: (() => MightSleep<void>)[] = [];
  /** locks held, in the order in which they were taken; kept for the lock checks */
  readonly held: object[] = [];

  constructor(
    /** the comm that the kernel log shows */
    readonly name: string,
    readonly body: MightSleep<unknown>,
  ) {}

  get killed(): boolean {
    return this.pending.has('SIGKILL');
  }
}

interface Timer {
  deadline: number;
  sequence: number;
  task: Task;
  sleep: Sleep;
}

/** A call that outlasts this much virtual time on its own is taken for one that never returns. */
export const HUNG_TASK_MS = 3_600_000;

/**
 * Runs tasks one at a time, each until it sleeps or ends, in the order in which they became
 * runnable; virtual time moves only when everybody sleeps. The same calls give the same order.
 */
export class Scheduler {
  /** virtual time in ms */
  now = 0;
  private running: Task | undefined;
  private readonly runqueue: Task[] = [];
  private readonly timers: Timer[] = [];
  private sequence = 0;

  /** The task that is running. */
  get current(): Task {
    if (!this.running) throw new KernelBug('OOPS', 'no task is running');
    return this.running;
  }

  /** Starts a task; it runs at the next {@link run}. */
  spawn(name: string, body: MightSleep<unknown>): Task {
    const task = new Task(name, body);
    this.runqueue.push(task);
    return task;
  }

  /** Runs every runnable task until all have ended or sleep. */
  run(): void {
    for (let task = this.runqueue.shift(); task; task = this.runqueue.shift()) this.resume(task);
  }

  /**
   * Runs until `task` is done, moving time forward where only time can help: a system call that
   * sleeps just takes that long.
   * @throws KernelBug `HUNG_TASK` when it would never return
   */
  runToEnd(task: Task): void {
    const start = this.now;
    this.run();
    while (task.state !== 'done') {
      const next = this.nextTimer();
      if (!next || next.deadline - start > HUNG_TASK_MS) {
        throw new KernelBug('HUNG_TASK', `task "${task.name}" sleeps and nothing will wake it`);
      }
      this.fire(next);
    }
  }

  /** Lets `ms` of virtual time pass; timers fire in order of time, then of their start. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (let t = this.nextTimer(); t && t.deadline <= end; t = this.nextTimer()) this.fire(t);
    this.now = end;
  }

  /** Wakes the sleepers of a queue, all or the first, in the order in which they came. */
  wake(queue: WaitQueue, count = Infinity): void {
    for (const task of queue.sleepers.splice(0, count)) this.makeRunnable(task);
  }

  /** Sends a signal: it stays pending, and ends an interruptible sleep. */
  kill(task: Task, signal: Signal): void {
    task.pending.add(signal);
    if (task.state === 'sleeping' && task.sleep?.interruptible) this.interrupt(task);
  }

  private interrupt(task: Task): void {
    const queue = task.sleep?.queue;
    if (queue) queue.sleepers.splice(queue.sleepers.indexOf(task), 1);
    this.makeRunnable(task);
  }

  private makeRunnable(task: Task): void {
    task.state = 'runnable';
    task.sleep = undefined;
    this.runqueue.push(task);
  }

  private resume(task: Task): void {
    const before = this.running;
    this.running = task;
    try {
      const step = task.body.next();
      if (step.done) this.finish(task, step.value);
      else this.putToSleep(task, step.value);
    } finally {
      this.running = before;
    }
  }

  private finish(task: Task, value: unknown): void {
    if (task.held.length > 0) {
      throw new KernelBug('LOCKING', `task "${task.name}" returns to user space holding a lock`);
    }
    task.state = 'done';
    task.result = task.killed ? undefined : value;
  }

  private putToSleep(task: Task, sleep: Sleep): void {
    task.state = 'sleeping';
    task.sleep = sleep;
    sleep.queue?.sleepers.push(task);
    if (sleep.deadline !== undefined) {
      this.timers.push({ deadline: sleep.deadline, sequence: this.sequence++, task, sleep });
    }
  }

  private nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (let i = this.timers.length - 1; i >= 0; i--) {
      const timer = this.timers[i]!;
      if (timer.task.sleep !== timer.sleep) this.timers.splice(i, 1);
      else if (
        !next ||
        timer.deadline < next.deadline ||
        (timer.deadline === next.deadline && timer.sequence < next.sequence)
      )
        next = timer;
    }
    return next;
  }

  private fire(timer: Timer): void {
    this.now = Math.max(this.now, timer.deadline);
    this.timers.splice(this.timers.indexOf(timer), 1);
    this.interrupt(timer.task);
    this.run();
  }
}
