import { perKernel, type Kernel } from './kernel.js';
import { LogLevel, printk } from './printk.js';

/**
 * What a kernel says of something that should never be, before it goes on: the line that names the
 * function, without what differs from build to build and from machine to machine.
 * Source: WARN_ON(), kernel/panic.c, __warn(), 5.10
 */
export function warn_on(k: Kernel, fn: string): void {
  printk(k, LogLevel.WARNING, `WARNING: CPU: <cpu> PID: <pid> at ${fn}`);
}

const said = perKernel(() => new Set<string>());

/** As {@link warn_on}, the first time only. Source: WARN_ON_ONCE() */
export function warn_on_once(k: Kernel, fn: string): void {
  if (said(k).has(fn)) return;
  said(k).add(fn);
  warn_on(k, fn);
}
