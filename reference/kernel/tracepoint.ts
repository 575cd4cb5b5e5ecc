import type { EventArgs } from '../../harness/adapter/protocol.js';
import { allow_error_injection, ERRNO, told_to_fail } from './fault-inject.js';
import type { Kernel } from './kernel.js';
import type { MightSleep } from './scheduler.js';

type Args<A extends unknown[]> = (...args: A) => Record<string, string | number>;

/** A pointer counts as 0 unless it is an error pointer, a boolean as 0 or 1, nothing as nothing. */
function retval(value: unknown): { ret?: number } {
  if (value === undefined) return {};
  if (typeof value === 'number') return { ret: value };
  if (typeof value === 'boolean') return { ret: Number(value) };
  return { ret: 0 };
}

/** A function whose callers take -errno may be declared as one that can be told to fail. */
type Fails<R> = number extends R ? [fails?: typeof ERRNO] : [];

/**
 * Declares a function that may sleep as a trace point of the core: its entry and its return are
 * events.
 * @param fn its name in the kernel
 * @param args what the entry reports, from the function's own arguments
 * @param fails whether it can be told to fail, in place of what it does
 */
export function tracepoint<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => MightSleep<R>,
  ...[fails]: Fails<R>
): (k: Kernel, ...args: A) => MightSleep<R> {
  if (fails) allow_error_injection(fn);
  return function* (k, ...given) {
    k.emit({ ev: 'call', fn, args: args(...given) });
    const told = fails ? told_to_fail(k, fn) : 0;
    const value = told ? (told as R) : yield* body(k, ...given);
    k.emit({ ev: 'return', fn, ...retval(value) });
    return value;
  };
}

/** As {@link tracepoint}, for a function that never sleeps. */
export function tracepointAtomic<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => R,
  ...[fails]: Fails<R>
): (k: Kernel, ...args: A) => R {
  if (fails) allow_error_injection(fn);
  return (k, ...given) => {
    k.emit({ ev: 'call', fn, args: args(...given) });
    const told = fails ? told_to_fail(k, fn) : 0;
    const value = told ? (told as R) : body(k, ...given);
    k.emit({ ev: 'return', fn, ...retval(value) });
    return value;
  };
}

/**
 * As {@link tracepoint}, for a function that not every build keeps as one, or that only some
 * recordings watch: it is seen where the profile says so, or a module that is loaded for its sake,
 * and where it is told to fail.
 */
export function optionalTracepoint<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => MightSleep<R>,
  ...fails: Fails<R>
): (k: Kernel, ...args: A) => MightSleep<R> {
  const traced = tracepoint(fn, args, body, ...fails);
  return (k, ...given) =>
    k.traced.has(fn) || k.faults.has(fn) ? traced(k, ...given) : body(k, ...given);
}

/**
 * A function that no recording watches, and that can be told to fail: it is seen when it does.
 * @param args as of a trace point
 */
export function failpoint<A extends unknown[]>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => MightSleep<number>,
): (k: Kernel, ...args: A) => MightSleep<number> {
  const traced = tracepoint(fn, args, body, ERRNO);
  return (k, ...given) => (k.faults.has(fn) ? traced(k, ...given) : body(k, ...given));
}

/** As {@link failpoint}, for a function that never sleeps. */
export function failpointAtomic<A extends unknown[]>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => number,
): (k: Kernel, ...args: A) => number {
  const traced = tracepointAtomic(fn, args, body, ERRNO);
  return (k, ...given) => (k.faults.has(fn) ? traced(k, ...given) : body(k, ...given));
}

/** The core calls into a vendor driver: the call and its return are events. */
export function* callback<R>(
  k: Kernel,
  driver: string,
  op: string,
  args: EventArgs,
  body: MightSleep<R>,
): MightSleep<R> {
  k.emit({ ev: 'callback', driver, op, args });
  const value = yield* body;
  k.emit({ ev: 'callback-return', driver, op, ...retval(value) });
  return value;
}
