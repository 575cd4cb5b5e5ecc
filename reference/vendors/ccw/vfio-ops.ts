/** What the VFIO core calls once the driver binds its devices itself. Source: vfio_ccw_dev_ops, drivers/s390/cio/vfio_ccw_ops.c */
import type { Kernel } from '../../kernel/kernel.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { ccw_ioctl, ccw_read, ccw_write, REGIONS_PER_OPEN, type CcwDescriptor } from './device.js';
import type { CcwPrivate } from './private.js';
import { vfio_ccw_mdev_request } from './request.js';

export const private_of = (device: VfioDevice): CcwPrivate => device.driver_data as CcwPrivate;

function* open(k: Kernel, device: VfioDevice, { fsm }: CcwDescriptor) {
  const p = private_of(device);
  const error = fsm.opened(k, p);
  if (!error) p.num_regions += REGIONS_PER_OPEN;
  return error;
}

function* close(k: Kernel, device: VfioDevice, { fsm }: CcwDescriptor) {
  const p = private_of(device);
  fsm.closed(k, p);
  p.num_regions = 0;
}

/** @param perFd each descriptor is the driver's business; else the first and the last one */
export function vfio_ccw_dev_ops(era: CcwDescriptor, perFd: boolean): VfioDeviceOps {
  const opened = (k: Kernel, device: VfioDevice) => open(k, device, era);
  const closed = (k: Kernel, device: VfioDevice) => close(k, device, era);
  return {
    driver: 'vfio_ccw',
    ...(perFd
      ? { per_fd: { open: opened, release: closed } }
      : { open_device: opened, close_device: closed }),
    read: (_k, device, count, pos) => ccw_read(private_of(device), count, pos),
    write: (k, device, data, pos) => ccw_write(k, private_of(device), data, pos, era),
    ioctl: (k, device, request, arg) => ccw_ioctl(k, private_of(device), request, arg, era),
    *request(k, device, count) {
      vfio_ccw_mdev_request(k, device.dev, private_of(device), count);
    },
  };
}
