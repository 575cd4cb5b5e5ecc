/** What is behind a virtual card's descriptor; its regions have no contents here. Source: intel_vgpu_ioctl(), drivers/gpu/drm/i915/gvt/kvmgt.c */
import { Errno } from '../../kernel/errno.js';
import type { UserMemory } from '../../kernel/user-memory.js';
import {
  DeviceFlag,
  getDeviceInfo,
  PCI_NUM_IRQS,
  PCI_NUM_REGIONS,
  VfioRequest,
} from '../../vfio/uapi.js';

/** The operation region and the EDID. Source: intel_gvt_set_opregion(), intel_gvt_set_edid() */
const OWN_REGIONS = 2;

export function vgpu_ioctl(request: number, arg: UserMemory): number {
  switch (request) {
    case VfioRequest.VFIO_DEVICE_GET_INFO:
      return getDeviceInfo(arg, {
        flags: DeviceFlag.RESET | DeviceFlag.PCI,
        regions: PCI_NUM_REGIONS + OWN_REGIONS,
        irqs: PCI_NUM_IRQS,
      });
    case VfioRequest.VFIO_DEVICE_RESET:
      return 0;
    default:
      return -Errno.ENOTTY;
  }
}
