/** I/O subchannels and what can be done to them. Source: drivers/s390/cio/cio.c, css.c, 6.1 */
import { get_device, put_device, type Device } from '../../kernel/device.js';
import { device_unregister } from '../../kernel/core.js';
import { Errno } from '../../kernel/errno.js';
import { perKernel, type Kernel } from '../../kernel/kernel.js';
import type { MightSleep } from '../../kernel/scheduler.js';

/** Source: struct subchannel, drivers/s390/cio/css.h */
export interface Subchannel {
  readonly dev: Device;
  /** for queued direct I/O. Source: pmcw.qf */
  readonly qdio: boolean;
  /** whether the hardware still answers */
  operational: boolean;
  /** Source: pmcw.ena */
  enabled: boolean;
}

/** Subchannels whose driver asked that they be unregistered, which somebody has yet to do. */
const todo = perKernel((): Subchannel[] => []);

/** The subchannel that a device is. Source: to_subchannel() */
export function to_subchannel(dev: Device): Subchannel {
  return dev.owner as Subchannel;
}

/** @returns 0, or -ENODEV for one that is not operational */
export function cio_update_schib(sch: Subchannel): number {
  return sch.operational ? 0 : -Errno.ENODEV;
}

/** @returns 0 or -ENODEV */
export function cio_enable_subchannel(sch: Subchannel): number {
  const error = cio_update_schib(sch);
  if (!error) sch.enabled = true;
  return error;
}

/** No I/O is ever under way here, so it is never busy. @returns 0 or -ENODEV */
export function cio_disable_subchannel(sch: Subchannel): number {
  const error = cio_update_schib(sch);
  if (!error) sch.enabled = false;
  return error;
}

/** Whether the subchannel is about to be unregistered. Source: work_pending(&sch->todo_work) */
export function todo_pending(k: Kernel, sch: Subchannel): boolean {
  return todo(k).includes(sch);
}

/** Asks that the subchannel be unregistered. Source: css_sched_sch_todo(), SCH_TODO_UNREG */
export function css_sched_sch_todo(k: Kernel, sch: Subchannel): void {
  if (todo_pending(k, sch)) return;
  get_device(sch.dev);
  todo(k).push(sch);
}

/**
 * Does what was asked, oldest first. On s390 a work queue does it at once; here somebody settles, so
 * that what is true in between can be seen. Source: css_sch_todo(), css_complete_work()
 */
export function* css_complete_work(k: Kernel): MightSleep<void> {
  for (let sch = todo(k).shift(); sch; sch = todo(k).shift()) {
    if (sch.dev.registered) yield* device_unregister(k, sch.dev);
    yield* put_device(k, sch.dev);
  }
}
