/** Devices of the VFIO core that are no devices of the driver core. Source: drivers/vfio/vfio.c, 5.10.262 */
import type { Device } from '../kernel/device.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { optionalTracepoint, tracepoint } from '../kernel/tracepoint.js';
import {
  register_device,
  unregistered,
  vfio_release_device_set,
  vfio_unregister_group_dev,
} from './device.js';
import type { VfioDevice, VfioDeviceOps } from './types.js';

const offered = (dev: Device, ops: VfioDeviceOps): { dev: string; ops?: string } => ({
  dev: dev.name,
  ...(ops.name === undefined ? {} : { ops: ops.name }),
});

/** Fills in a device; nobody knows it yet. */
export const vfio_init_group_dev = optionalTracepoint(
  'vfio_init_group_dev',
  offered,
  function* (_k, dev, ops) {
    return unregistered(dev, ops);
  },
);

/** Takes leave of a device that nobody knows any more. Source: 5.15 to 6.0 */
export const vfio_uninit_group_dev = tracepoint(
  'vfio_uninit_group_dev',
  (device: VfioDevice) => ({ dev: device.dev.name }),
  function* (k, device): MightSleep<void> {
    vfio_release_device_set(k, device);
  },
);

/** Registers a device in the group of its IOMMU group. @returns 0, or -errno */
export const vfio_register_group_dev = tracepoint(
  'vfio_register_group_dev',
  (device: VfioDevice) => ({ dev: device.dev.name }),
  register_device,
  ERRNO,
);

/** Makes and registers a device in one go. @param data what the driver keeps with it */
export const vfio_add_group_dev = tracepoint(
  'vfio_add_group_dev',
  (dev: Device, ops: VfioDeviceOps, _data: unknown) => offered(dev, ops),
  function* (k, dev, ops, data) {
    const device = yield* vfio_init_group_dev(k, dev, ops);
    device.driver_data = data;
    const error = yield* vfio_register_group_dev(k, device);
    if (!error) dev.driver_data = device;
    return error;
  },
  ERRNO,
);

/** Takes such a device back; waits as long as it takes. @returns what the driver kept with it */
export const vfio_del_group_dev = tracepoint(
  'vfio_del_group_dev',
  (dev: Device) => ({ dev: dev.name }),
  function* (k: Kernel, dev: Device) {
    const device = dev.driver_data as VfioDevice;
    yield* vfio_unregister_group_dev(k, device);
    dev.driver_data = undefined;
    return device.driver_data ?? null;
  },
);
