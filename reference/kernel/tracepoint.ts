import type { EventArgs } from '../../harness/adapter/protocol.js';
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

/**
 * Declares a function that may sleep as a trace point of the core: its entry and its return are
 * events.
 * @param fn its name in the kernel
 * @param args what the entry reports, from the function's own arguments
 */
export function tracepoint<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => MightSleep<R>,
): (k: Kernel, ...args: A) => MightSleep<R> {
  return function* (k, ...given) {
    k.emit({ ev: 'call', fn, args: args(...given) });
    const value = yield* body(k, ...given);
    k.emit({ ev: 'return', fn, ...retval(value) });
    return value;
  };
}

/** As {@link tracepoint}, for a function that never sleeps. */
export function tracepointAtomic<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => R,
): (k: Kernel, ...args: A) => R {
  return (k, ...given) => {
    k.emit({ ev: 'call', fn, args: args(...given) });
    const value = body(k, ...given);
    k.emit({ ev: 'return', fn, ...retval(value) });
    return value;
  };
}

/**
 * As {@link tracepoint}, for a function that not every build keeps as one, or that only some
 * recordings watch: it is seen where the profile says so, or a module that is loaded for its sake.
 */
export function optionalTracepoint<A extends unknown[], R>(
  fn: string,
  args: Args<A>,
  body: (k: Kernel, ...args: A) => MightSleep<R>,
): (k: Kernel, ...args: A) => MightSleep<R> {
  const traced = tracepoint(fn, args, body);
  return (k, ...given) => (k.traced.has(fn) ? traced(k, ...given) : body(k, ...given));
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
