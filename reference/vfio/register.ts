/**
 * What registering and unregistering a device consists of. The eras do the same things in another
 * order. Source: __vfio_register_dev(), vfio_unregister_group_dev(), drivers/vfio/vfio_main.c
 */
import { device_add, device_del } from '../kernel/core.js';
import { dev_printk } from '../kernel/device.js';
import { LogLevel } from '../kernel/printk.js';
import type { WaitOutcome } from '../kernel/wait.js';
import { request } from './callbacks.js';
import { vfio_assign_device_set } from './device.js';
import { vfio_device_remove_group, vfio_noiommu_group_alloc } from './group.js';
import type { RegisterStep, UnregisterStep } from './types.js';

/** A group for the device alone. */
export const set_group: RegisterStep = {
  *make(k, device) {
    const group = yield* vfio_noiommu_group_alloc(k, device.dev);
    if (typeof group === 'number') return group;
    device.group = group;
    return 0;
  },
  undo: vfio_device_remove_group,
};

export const assign_device_set: RegisterStep = {
  *make(k, device) {
    return vfio_assign_device_set(k, device);
  },
};

/** The device vfioX below the device that is offered. */
export const add_device: RegisterStep = {
  make: (k, device) => device_add(k, device.device!),
};

/** How long a device that is in use is given between two requests. Source: HZ * 10 */
const REQUEST_INTERVAL_MS = 10_000;

/**
 * Gives the registration back and waits for the last user, whom the driver may ask to let go: at
 * once and then every ten seconds. The first signal is noted, and from then on none counts.
 */
export const wait_for_users: UnregisterStep = function* (k, device) {
  k.profile.vfio.put(k, device);
  let interruptible = true;
  for (let count = 0; !device.comp.completed; count++) {
    yield* request(k, device, count);
    const outcome: WaitOutcome = yield* device.comp.wait(k, {
      timeoutMs: REQUEST_INTERVAL_MS,
      interruptible,
    });
    if (outcome !== 'signal') continue;
    interruptible = false;
    const text =
      `Device is currently in use, task "${k.current.name}" (<pid>) ` +
      'blocked until device is released';
    dev_printk(k, LogLevel.WARNING, device.dev, text);
  }
};

/** Nobody finds the device through its group any more. */
export const leave_group_list: UnregisterStep = function* (k, device) {
  const { device_list, device_lock } = device.group!;
  yield* device_lock.lock(k);
  device_list.splice(device_list.indexOf(device), 1);
  device_lock.unlock(k);
};

export const delete_device: UnregisterStep = (k, device) => device_del(k, device.device!);

export const remove_group: UnregisterStep = vfio_device_remove_group;
