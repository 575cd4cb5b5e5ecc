/** Calls from the core into the driver of a device. */
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { callback } from '../kernel/tracepoint.js';
import type { VfioDevice } from './types.js';

const args = (device: VfioDevice): { dev: string } => ({ dev: device.dev.name });

/** @returns 0, or the driver's refusal */
export function* init(k: Kernel, device: VfioDevice): MightSleep<number> {
  const { ops } = device;
  if (!ops.init) return 0;
  return yield* callback(k, ops.driver, 'init', args(device), ops.init(k, device));
}

export function* release(k: Kernel, device: VfioDevice): MightSleep<void> {
  const { ops } = device;
  if (!ops.release) return;
  yield* callback(k, ops.driver, 'release', args(device), ops.release(k, device));
}

/** @returns 0, or the driver's refusal */
export function* open_device(k: Kernel, device: VfioDevice): MightSleep<number> {
  const { ops } = device;
  if (!ops.open_device) return 0;
  return yield* callback(k, ops.driver, 'open_device', args(device), ops.open_device(k, device));
}

export function* close_device(k: Kernel, device: VfioDevice): MightSleep<void> {
  const { ops } = device;
  if (!ops.close_device) return;
  yield* callback(k, ops.driver, 'close_device', args(device), ops.close_device(k, device));
}

/** Asks the driver to let go of its device. */
export function* request(k: Kernel, device: VfioDevice, count: number): MightSleep<void> {
  const { ops } = device;
  if (!ops.request) return;
  const given = { ...args(device), count };
  yield* callback(k, ops.driver, 'request', given, ops.request(k, device, count));
}
