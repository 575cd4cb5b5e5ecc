import type { EventArgs, TraceEvent } from '../../harness/adapter/protocol.js';
import type { Profile } from '../profile.js';
import { KernfsNode } from './kernfs.js';
import { Lockdep } from './locks.js';
import type { Refcount } from './refcount.js';
import { Scheduler, type Task } from './scheduler.js';

/** A trace event without the task, which the kernel adds. */
type Untasked<E> = E extends TraceEvent ? Omit<E, 'task'> : never;

/**
 * One machine: its tasks, its clock, its trees, and the profile that says which era it is of.
 * What a subsystem keeps beside that lives with the subsystem ({@link perKernel}).
 */
export class Kernel {
  readonly sched = new Scheduler();
  readonly lockdep = new Lockdep();
  /** /sys */
  readonly sysfs = KernfsNode.root('/sys');
  /** /sys/kernel/debug */
  readonly debugfs = KernfsNode.root('/sys/kernel/debug');
  /** /proc */
  readonly procfs = KernfsNode.root('/proc');
  /** /dev */
  readonly devtmpfs = KernfsNode.root('/dev');
  /** what is counted, by its counter, until its release: objects since kobject_add(), and krefs */
  readonly live = new Map<Refcount, { readonly name: string }>();
  /** what was lost for good, by a defect of the era */
  readonly leaked: string[] = [];
  /** functions that were told to fail: with what, and how often still */
  readonly faults = new Map<string, { readonly error: number; times: number }>();
  /** functions that are watched beside those that always are */
  readonly traced: Set<string>;
  private events: TraceEvent[] = [];

  constructor(readonly profile: Profile) {
    this.traced = new Set(profile.tracedInlines);
  }

  /** The task that is running. */
  get current(): Task {
    return this.sched.current;
  }

  /** Records what just happened, as done by the running task. */
  emit(event: Untasked<TraceEvent>): void {
    this.events.push({ ...event, task: this.sched.current.name } as TraceEvent);
  }

  /** Hands over the events since the last time, in order. */
  takeEvents(): TraceEvent[] {
    const events = this.events;
    this.events = [];
    return events;
  }
}

/**
 * State that a subsystem keeps for each machine.
 * @param make makes it, at first use
 */
export function perKernel<T>(make: (k: Kernel) => T): (k: Kernel) => T {
  const states = new WeakMap<Kernel, T>();
  return (k) => {
    let state = states.get(k);
    if (state === undefined) states.set(k, (state = make(k)));
    return state;
  };
}

export type { EventArgs };
