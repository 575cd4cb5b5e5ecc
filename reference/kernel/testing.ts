/** What the tests of the kernel share. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { EventKind, TraceEvent } from '../../harness/adapter/protocol.js';
import { profiles } from '../profiles.js';
import type { Profile } from '../profile.js';
import { boot } from './boot.js';
import { KernelBug } from './bug.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { kernel_root } from './ksets.js';
import { lookup } from './namei.js';
import type { MightSleep, Task } from './scheduler.js';
import { read_file, to_user_space, write_file } from './syscalls.js';

/** The profile of that name. */
export function profile(name: string): Profile {
  return profiles.find((each) => each.name === name)!;
}

/** A machine of an era that has booted and loaded nothing. */
export function booted(name = 'linux-6.1'): Kernel {
  return boot(profile(name));
}

/** Starts a task and lets it run as far as it gets without time passing. */
export function start(k: Kernel, name: string, body: MightSleep<unknown>): Task {
  const task = k.sched.spawn(name, body);
  k.sched.run();
  return task;
}

/** Makes a call of the kernel to its end, with what is left to do on the return to user space. */
export function run<T>(k: Kernel, body: MightSleep<T>, name = 'main'): T {
  const task = k.sched.spawn(name, to_user_space(k, body));
  k.sched.runToEnd(task);
  return task.result as T;
}

/** Runs something that doesn't sleep as a task, since only tasks make events. */
export function atomic<T>(k: Kernel, body: () => T): T {
  return run(
    k,
    (function* () {
      return body();
    })(),
  );
}

/** As {@link run}, for what returns an object or -errno and is expected to succeed. */
export function made<T>(k: Kernel, body: MightSleep<T | number>): T {
  const value = run(k, body);
  if (typeof value === 'number') throw new Error(`refused with ${value}`);
  return value;
}

/** Reads a file like a program. @returns the text, or -errno */
export function read(k: Kernel, path: string): string | number {
  const content = run(k, read_file(k, path));
  return typeof content === 'number' ? content : Buffer.from(content).toString();
}

/** Writes a file like a program, once. @returns the bytes taken, or -errno */
export function write(k: Kernel, path: string, data: string): number {
  return run(k, write_file(k, path, Buffer.from(data)));
}

/** The names in a directory, in order of their making; undefined if it isn't there. */
export function names(k: Kernel, path: string): string[] | undefined {
  const node = lookup(k, path);
  return typeof node === 'number' ? undefined : [...(node as KernfsNode).children.keys()];
}

/** Whether there is something of that path. */
export function exists(k: Kernel, path: string): boolean {
  return typeof lookup(k, path, false) !== 'number';
}

/** An event in a few words. */
export function summary(event: TraceEvent): string {
  switch (event.ev) {
    case 'uevent':
      return `${event.action} ${event.devpath}`;
    case 'log':
      return `<${event.level}> ${event.message}`;
    case 'call':
      return `${event.fn}(${Object.values(event.args).join(', ')})`;
    case 'return':
      return `${event.fn} = ${event.ret ?? 'void'}`;
    case 'callback':
      return `${event.driver}.${event.op}(${Object.values(event.args).join(', ')})`;
    case 'callback-return':
      return `${event.driver}.${event.op} = ${event.ret ?? 'void'}`;
    case 'sysfs':
      return `${event.change} ${event.path}`;
  }
}

/** The events since the last time, in a few words each, as far as they are of these kinds. */
export function events(k: Kernel, ...kinds: EventKind[]): string[] {
  return k
    .takeEvents()
    .filter((event) => kinds.length === 0 || kinds.includes(event.ev))
    .map(summary);
}

/** Expects the model to catch itself. */
export function expectBug(code: KernelBug['code'], act: () => unknown): KernelBug {
  let caught: unknown;
  try {
    act();
  } catch (error) {
    caught = error;
  }
  expect(caught, 'a fault of the model').to.be.instanceOf(KernelBug);
  expect((caught as KernelBug).code).to.equal(code);
  return caught as KernelBug;
}

/** Checks a property on the same examples in every run. */
export function holds<T>(property: fc.IProperty<T>, numRuns = 200): void {
  fc.assert(property, { seed: 20210513, numRuns });
}

/** Where devices without a parent are. */
export const virtual = (k: Kernel) => kernel_root(k).virtual;
