/** What is behind a virtual card's descriptor; its regions have no contents here. Source: intel_vgpu_ioctl(), drivers/gpu/drm/i915/gvt/kvmgt.c */
import { Errno } from '../../kernel/errno.js';
import type { UserMemory } from '../../kernel/user-memory.js';
import {
  DeviceInfo,
  exchangeStruct,
  PCI_NUM_IRQS,
  PCI_NUM_REGIONS,
  VfioRequest,
} from '../../vfio/uapi.js';

/** Source: VFIO_DEVICE_FLAGS_RESET, VFIO_DEVICE_FLAGS_PCI, include/uapi/linux/vfio.h */
const RESET_AND_PCI = (1 << 0) | (1 << 1);
/** The operation region and the EDID. Source: intel_gvt_set_opregion(), intel_gvt_set_edid() */
const OWN_REGIONS = 2;

export function vgpu_ioctl(request: number, arg: UserMemory): number {
  switch (request) {
    case VfioRequest.VFIO_DEVICE_GET_INFO:
      return exchangeStruct(arg, DeviceInfo.minSize, (info) => {
        info.setU32(DeviceInfo.flags, RESET_AND_PCI);
        info.setU32(DeviceInfo.numRegions, PCI_NUM_REGIONS + OWN_REGIONS);
        info.setU32(DeviceInfo.numIrqs, PCI_NUM_IRQS);
        return 0;
      });
    case VfioRequest.VFIO_DEVICE_RESET:
      return 0;
    default:
      return -Errno.ENOTTY;
  }
}
