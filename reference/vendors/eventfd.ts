import { Errno } from '../kernel/errno.js';

/** An eventfd as a driver holds it. */
export interface EventfdContext {
  /** @returns what was added to the counter: 1, or 0 where it would overflow */
  signal(): number;
  put(): void;
}

/** eventfd_ctx_fdget(): a context, or -EBADF (nothing open), or -EINVAL (something else). */
export type EventfdLookup = (fd: number) => EventfdContext | number;

/** Protocol 1 can't make an eventfd: every descriptor is something else. */
export const NO_EVENTFDS: EventfdLookup = () => -Errno.EINVAL;
