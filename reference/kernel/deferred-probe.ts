/** Devices whose driver wants to be asked later. Source: drivers/base/dd.c, 6.1 */
import { bus_probe_device } from './bus.js';
import type { DebugfsOps } from './debugfs.js';
import { get_device, put_device, type Device } from './device.js';
import { perKernel, type Kernel } from './kernel.js';
import type { MightSleep } from './scheduler.js';
import { optionalTracepoint } from './tracepoint.js';

interface Deferred {
  /** who waits for somebody else to be bound, in the order of asking; and whose turn it is now */
  pending: Device[];
  active: Device[];
  /** how often somebody was bound */
  trigger_count: number;
  /** whether the work is queued and has not begun */
  queued: boolean;
}

const deferred: (k: Kernel) => Deferred = perKernel(() => ({
  pending: [],
  active: [],
  trigger_count: 0,
  queued: false,
}));

/** How often somebody was bound so far. Source: deferred_trigger_count */
export const deferred_trigger_count = (k: Kernel): number => deferred(k).trigger_count;

/** Remembers a device, unless it is remembered. */
export const driver_deferred_probe_add = optionalTracepoint(
  'driver_deferred_probe_add',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev): MightSleep<void> {
    const { pending, active } = deferred(k);
    if (!pending.includes(dev) && !active.includes(dev)) pending.push(dev);
  },
);

/** Forgets a device: it is bound, or goes. */
export function driver_deferred_probe_del(k: Kernel, dev: Device): void {
  const lists = deferred(k);
  lists.pending = lists.pending.filter((each) => each !== dev);
  lists.active = lists.active.filter((each) => each !== dev);
}

/** Offers each device to the drivers of its bus once more, where the bus still does so by itself. */
const deferred_probe_work_func = optionalTracepoint(
  'deferred_probe_work_func',
  () => ({}),
  function* (k): MightSleep<void> {
    const lists = deferred(k);
    lists.queued = false;
    for (let dev = lists.active.shift(); dev; dev = lists.active.shift()) {
      get_device(dev);
      yield* bus_probe_device(k, dev);
      yield* put_device(k, dev);
    }
  },
);

/** Somebody was bound, and may be whom the others wait for: a worker asks them all again. */
export function driver_deferred_probe_trigger(k: Kernel): void {
  const lists = deferred(k);
  lists.trigger_count++;
  lists.active.push(...lists.pending.splice(0));
  if (lists.active.length === 0 || lists.queued) return;
  lists.queued = true;
  k.sched.spawn('kworker', deferred_probe_work_func(k));
}

/**
 * A driver wants to be asked later. Whom it waits for may have come while it said so.
 * @param before how often somebody had been bound when the probe began
 * Source: driver_deferred_probe_add_trigger(), 5.13; driver_probe_device(), 5.14 and later
 */
export function* driver_deferred_probe_add_trigger(
  k: Kernel,
  dev: Device,
  before: number,
): MightSleep<void> {
  yield* driver_deferred_probe_add(k, dev);
  if (before !== deferred(k).trigger_count) driver_deferred_probe_trigger(k);
}

/** The file devices_deferred: a name and, where the driver gave one, a reason. Source: deferred_devs_show() */
export const deferred_devs: DebugfsOps = {
  owner: undefined,
  read: (k) =>
    deferred(k)
      .pending.map(({ name }) => `${name}\t\n`)
      .join(''),
};
