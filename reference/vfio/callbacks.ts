/** Calls from the core into the driver of a device. */
import type { EventArgs, Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { callback } from '../kernel/tracepoint.js';
import type { VfioDevice } from './types.js';

/** The shim is no vendor's: it tells itself whom it calls. */
function called<R>(
  k: Kernel,
  { dev, ops }: VfioDevice,
  op: string,
  body: MightSleep<R>,
  more: EventArgs = {},
): MightSleep<R> {
  return ops.forwards ? body : callback(k, ops.driver, op, { dev: dev.name, ...more }, body);
}

/** @returns 0, or the driver's refusal */
export function* init(k: Kernel, device: VfioDevice): MightSleep<number> {
  const { ops } = device;
  return ops.init ? yield* called(k, device, 'init', ops.init(k, device)) : 0;
}

export function* release(k: Kernel, device: VfioDevice): MightSleep<void> {
  const { ops } = device;
  if (ops.release) yield* called(k, device, 'release', ops.release(k, device));
}

/** One more descriptor. @returns 0, or the driver's refusal. Source: open, up to 5.14 */
export function open(k: Kernel, device: VfioDevice): MightSleep<number> {
  return called(k, device, 'open', device.ops.per_fd!.open(k, device));
}

/** One descriptor less. Source: release, up to 5.14 */
export function close(k: Kernel, device: VfioDevice): MightSleep<void> {
  return called(k, device, 'release', device.ops.per_fd!.release(k, device));
}

/**
 * The first descriptor: the device has the machine of its group until the last one is closed.
 * @returns 0, or the driver's refusal
 */
export function* open_device(k: Kernel, device: VfioDevice): MightSleep<number> {
  const { ops } = device;
  device.kvm = device.group!.kvm;
  const error = ops.open_device
    ? yield* called(k, device, 'open_device', ops.open_device(k, device))
    : 0;
  if (error) device.kvm = undefined;
  return error;
}

export function* close_device(k: Kernel, device: VfioDevice): MightSleep<void> {
  const { ops } = device;
  if (ops.close_device) yield* called(k, device, 'close_device', ops.close_device(k, device));
  device.kvm = undefined;
}

/** Asks the driver to let go of its device. */
export function* request(k: Kernel, device: VfioDevice, count: number): MightSleep<void> {
  const { ops } = device;
  if (ops.request) yield* called(k, device, 'request', ops.request(k, device, count), { count });
}
