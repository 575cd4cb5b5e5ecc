/** What is behind a device's descriptor. Source: vfio_ap_mdev_ioctl(), drivers/s390/crypto/vfio_ap_ops.c, 6.1 and 6.12 */
import { Errno } from '../../kernel/errno.js';
import type { UserMemory } from '../../kernel/user-memory.js';
import { DeviceInfo, exchangeStruct, VfioRequest } from '../../vfio/uapi.js';

/** Source: VFIO_DEVICE_FLAGS_RESET, VFIO_DEVICE_FLAGS_AP, include/uapi/linux/vfio.h */
const RESET_AND_AP = (1 << 0) | (1 << 5);

/**
 * Answers a request; the queues of a device that nobody uses are reset at once.
 * @param irqs how many interrupts the device has
 */
export function vfio_ap_ioctl(request: number, arg: UserMemory, irqs: number): number {
  switch (request) {
    case VfioRequest.VFIO_DEVICE_GET_INFO:
      return exchangeStruct(arg, DeviceInfo.minSize, (info) => {
        info.setU32(DeviceInfo.flags, RESET_AND_AP);
        info.setU32(DeviceInfo.numRegions, 0);
        info.setU32(DeviceInfo.numIrqs, irqs);
        return 0;
      });
    case VfioRequest.VFIO_DEVICE_RESET:
      return 0;
    default:
      return -Errno.EOPNOTSUPP;
  }
}
