/**
 * What user space and a vfio driver agree on: request numbers, structures as offsets, flags, indexes.
 * Source: include/uapi/linux/vfio.h, 6.1 and 6.12 (the same but for the requests of iommufd).
 */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { LittleEndian } from '../kernel/little-endian.js';

/** _IO(VFIO_TYPE, VFIO_BASE): the type ';' over the number 100. */
const VFIO_REQUEST_BASE = 0x3b64;

const request = (nr: number): number => VFIO_REQUEST_BASE + nr;

/**
 * Request numbers by name. A driver sees the number only: VFIO_IOMMU_UNMAP_DMA on a device's
 * descriptor *is* VFIO_DEVICE_QUERY_GFX_PLANE.
 */
export const VfioRequest = {
  VFIO_GET_API_VERSION: request(0),
  VFIO_CHECK_EXTENSION: request(1),
  VFIO_SET_IOMMU: request(2),
  VFIO_GROUP_GET_STATUS: request(3),
  VFIO_GROUP_SET_CONTAINER: request(4),
  VFIO_GROUP_UNSET_CONTAINER: request(5),
  VFIO_GROUP_GET_DEVICE_FD: request(6),
  VFIO_DEVICE_GET_INFO: request(7),
  VFIO_DEVICE_GET_REGION_INFO: request(8),
  VFIO_DEVICE_GET_IRQ_INFO: request(9),
  VFIO_DEVICE_SET_IRQS: request(10),
  VFIO_DEVICE_RESET: request(11),
  VFIO_DEVICE_GET_PCI_HOT_RESET_INFO: request(12),
  VFIO_DEVICE_PCI_HOT_RESET: request(13),
  VFIO_DEVICE_QUERY_GFX_PLANE: request(14),
  VFIO_DEVICE_GET_GFX_DMABUF: request(15),
  VFIO_DEVICE_IOEVENTFD: request(16),
  VFIO_DEVICE_FEATURE: request(17),
  VFIO_DEVICE_BIND_IOMMUFD: request(18),
  VFIO_DEVICE_ATTACH_IOMMUFD_PT: request(19),
  VFIO_DEVICE_DETACH_IOMMUFD_PT: request(20),
  VFIO_MIG_GET_PRECOPY_INFO: request(21),
  VFIO_IOMMU_GET_INFO: request(12),
  VFIO_IOMMU_MAP_DMA: request(13),
  VFIO_IOMMU_UNMAP_DMA: request(14),
  VFIO_IOMMU_ENABLE: request(15),
  VFIO_IOMMU_DISABLE: request(16),
  VFIO_IOMMU_DIRTY_PAGES: request(17),
} as const;

/** @returns the number behind a request's name, undefined for a name that the header doesn't have */
export function vfioRequestNumber(name: string): number | undefined {
  return Object.hasOwn(VfioRequest, name)
    ? VfioRequest[name as keyof typeof VfioRequest]
    : undefined;
}

export const VFIO_API_VERSION = 0;

export const VFIO_GROUP_FLAGS_VIABLE = 1;
export const VFIO_GROUP_FLAGS_CONTAINER_SET = 2;

export const PAGE_SIZE = 4096;

/** vfio-pci's fixed region indexes. */
export const PciRegion = { BAR0: 0, BAR1: 1, BAR2: 2, BAR5: 5, ROM: 6, CONFIG: 7, VGA: 8 } as const;
export const PCI_NUM_REGIONS = 9;

/** vfio-pci's fixed interrupt indexes. */
export const PciIrq = { INTX: 0, MSI: 1, MSIX: 2, ERR: 3, REQ: 4 } as const;
export const PCI_NUM_IRQS = 5;

export const DeviceFlag = { RESET: 1 << 0, PCI: 1 << 1, CCW: 1 << 4, AP: 1 << 5 } as const;
export const RegionFlag = { READ: 1, WRITE: 2, MMAP: 4, CAPS: 8 } as const;
export const IrqFlag = { EVENTFD: 1, MASKABLE: 2, AUTOMASKED: 4, NORESIZE: 8 } as const;
export const GfxPlaneFlag = { PROBE: 1, DMABUF: 2, REGION: 4 } as const;

/** struct vfio_device_info up to num_irqs. */
export const DeviceInfo = { flags: 4, numRegions: 8, numIrqs: 12, minSize: 16 } as const;

/** struct vfio_region_info. */
export const RegionInfo = {
  argsz: 0,
  flags: 4,
  index: 8,
  capOffset: 12,
  size: 16,
  offset: 24,
  minSize: 32,
} as const;

/** struct vfio_irq_info. */
export const IrqInfo = { flags: 4, index: 8, count: 12, minSize: 16 } as const;

/** struct vfio_device_gfx_plane_info up to the union of region_index and dmabuf_id. */
export const GfxPlaneInfo = {
  flags: 4,
  drmPlaneType: 8,
  drmFormat: 12,
  drmFormatMod: 16,
  width: 24,
  height: 28,
  stride: 32,
  size: 36,
  xPos: 40,
  yPos: 44,
  xHot: 48,
  yHot: 52,
  regionIndex: 56,
  dmabufId: 56,
  minSize: 60,
} as const;

/** "XR24", the only format of the sample displays. Source: include/uapi/drm/drm_fourcc.h. */
export const DRM_FORMAT_XRGB8888 = 0x34325258;
/** Source: include/drm/drm_plane.h, enum drm_plane_type. */
export const DRM_PLANE_TYPE_PRIMARY = 1;

/** A region as VFIO_DEVICE_GET_REGION_INFO describes it. */
export interface Region {
  readonly offset: number;
  readonly size: number;
  readonly flags: number;
}

/** What the display drivers tell about regions that they don't have. */
export const NO_REGION: Region = { offset: 0, size: 0, flags: 0 };

/**
 * The frame of every "info" request: copy in, check argsz (always the first field), fill, copy out.
 * @param fill fills the structure; a negative errno from it is the answer, and nothing is copied out
 */
export function exchangeStruct(
  arg: UserMemory,
  minSize: number,
  fill: (struct: LittleEndian) => number,
): number {
  const bytes = arg.copyFrom(minSize);
  if (!bytes) return -Errno.EFAULT;
  const struct = new LittleEndian(bytes);
  if (struct.u32(0) < minSize) return -Errno.EINVAL;
  const ret = fill(struct);
  if (ret < 0) return ret;
  return arg.copyTo(bytes) ? 0 : -Errno.EFAULT;
}

/** A device as VFIO_DEVICE_GET_INFO describes it. */
interface Info {
  readonly flags: number;
  readonly regions: number;
  readonly irqs: number;
}

/** Fills struct vfio_device_info. */
function putDeviceInfo(info: LittleEndian, { flags, regions, irqs }: Info): 0 {
  info.setU32(DeviceInfo.flags, flags);
  info.setU32(DeviceInfo.numRegions, regions);
  info.setU32(DeviceInfo.numIrqs, irqs);
  return 0;
}

/** The same for a PCI device. */
export const putPciDeviceInfo = (info: LittleEndian, regions: number): 0 =>
  putDeviceInfo(info, { flags: DeviceFlag.PCI, regions, irqs: PCI_NUM_IRQS });

/** Answers VFIO_DEVICE_GET_INFO. @returns 0 or -errno */
export const getDeviceInfo = (arg: UserMemory, of: Info): number =>
  exchangeStruct(arg, DeviceInfo.minSize, (info) => putDeviceInfo(info, of));

/** Fills struct vfio_region_info; cap_offset stays what the caller wrote there. */
export function putRegion(info: LittleEndian, region: Region): 0 {
  info.setU32(RegionInfo.flags, region.flags);
  info.setU64(RegionInfo.size, region.size);
  info.setU64(RegionInfo.offset, region.offset);
  return 0;
}

/** What a driver does with requests, by number; the rest is -ENOTTY. */
export type RequestTable = ReadonlyMap<number, (arg: UserMemory) => number>;

/** @returns what the table's handler answers, -ENOTTY where there is none, as all sample drivers do */
export function dispatchRequest(table: RequestTable, number: number, arg: UserMemory): number {
  const handler = table.get(number);
  return handler ? handler(arg) : -Errno.ENOTTY;
}
