/** What is behind a device's descriptor. Source: vfio_ap_mdev_ioctl(), drivers/s390/crypto/vfio_ap_ops.c, 6.1 and 6.12 */
import { Errno } from '../../kernel/errno.js';
import type { UserMemory } from '../../kernel/user-memory.js';
import { DeviceFlag, getDeviceInfo, VfioRequest } from '../../vfio/uapi.js';

/**
 * Answers a request; the queues of a device that nobody uses are reset at once.
 * @param irqs how many interrupts the device has
 */
export function vfio_ap_ioctl(request: number, arg: UserMemory, irqs: number): number {
  switch (request) {
    case VfioRequest.VFIO_DEVICE_GET_INFO:
      return getDeviceInfo(arg, { flags: DeviceFlag.RESET | DeviceFlag.AP, regions: 0, irqs });
    case VfioRequest.VFIO_DEVICE_RESET:
      return 0;
    default:
      return -Errno.EOPNOTSUPP;
  }
}
