/**
 * Functions that can be told to fail. Which they are is declared with the functions themselves, as
 * ALLOW_ERROR_INJECTION(fn, ERRNO) does. Source: lib/error-inject.c, kernel/fail_function.c, 6.1
 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';

/** Says of a trace point that its callers take -errno, so that it can be told to fail. */
export const ERRNO = 'ERRNO';

/** The functions of all eras that can be told to fail. */
const injectable = new Set<string>();

/** Their names, as the file of that name lists them. Source: /sys/kernel/debug/error_injection/list */
export const error_injection_list = (): readonly string[] => [...injectable].sort();

/** Source: ALLOW_ERROR_INJECTION() */
export function allow_error_injection(fn: string): void {
  injectable.add(fn);
}

/**
 * Tells a function to fail.
 * @param error what its next calls return, -errno
 * @param times how many of them
 * @returns 0, or -EINVAL for a function that can't be told. Source: fei_write()
 */
export function set_fault(k: Kernel, fn: string, error: number, times: number): number {
  if (!injectable.has(fn)) return -Errno.EINVAL;
  k.faults.set(fn, { error, times });
  return 0;
}

/** What a function has been told to return this time, -errno, or 0 for what it does. Source: fei_kprobe_handler() */
export function told_to_fail(k: Kernel, fn: string): number {
  const fault = k.faults.get(fn);
  if (!fault) return 0;
  if (--fault.times === 0) k.faults.delete(fn);
  return fault.error;
}
