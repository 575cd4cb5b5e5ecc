/**
 * The regions of mbochs: vfio-pci's, and one more for the monitor's EDID, which a capability names.
 * Source: samples/vfio-mdev/mbochs.c, mbochs_get_region_info and mbochs_ioctl, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { LittleEndian } from '../kernel/little-endian.js';
import { CONFIG_SPACE_SIZE } from './pci-config-space.js';
import {
  NO_REGION,
  PAGE_SIZE,
  PCI_NUM_REGIONS,
  PciRegion,
  RegionFlag,
  RegionInfo,
  putRegion,
  type Region,
} from '../vfio/uapi.js';

/** The positions of the regions, one after the other. */
export const MMIO_OFFSET = PAGE_SIZE;
export const EDID_OFFSET = MMIO_OFFSET + PAGE_SIZE;
export const MEMORY_OFFSET = EDID_OFFSET + PAGE_SIZE;

const EDID_REGION = PCI_NUM_REGIONS;
export const NUM_REGIONS = EDID_REGION + 1;

/** struct vfio_region_info with a vfio_region_info_cap_type behind it. */
const REGION_INFO_EXT_SIZE = 48;
const CapType = { id: 32, version: 34, next: 36, type: 40, subtype: 44 } as const;
const REGION_INFO_CAP_TYPE = 2;
const REGION_TYPE_GFX = 1;
const REGION_SUBTYPE_GFX_EDID = 1;

/** By index; those that are missing answer as empty ones up to NUM_REGIONS. */
export function mbochsRegions(memorySize: number): Readonly<Record<number, Region>> {
  const readWrite = RegionFlag.READ | RegionFlag.WRITE;
  return {
    [PciRegion.BAR0]: {
      offset: MEMORY_OFFSET,
      size: memorySize,
      flags: readWrite | RegionFlag.MMAP,
    },
    [PciRegion.BAR2]: { offset: MMIO_OFFSET, size: PAGE_SIZE, flags: readWrite },
    [PciRegion.CONFIG]: { offset: 0, size: CONFIG_SPACE_SIZE, flags: readWrite },
    [EDID_REGION]: { offset: EDID_OFFSET, size: PAGE_SIZE, flags: readWrite | RegionFlag.CAPS },
  };
}

/**
 * VFIO_DEVICE_GET_REGION_INFO: unlike the other requests, and the other drivers, it copies out as
 * much as the caller says to have room for, up to the capability, and refuses more room than that.
 */
export function exchangeRegionInfo(
  arg: UserMemory,
  regions: Readonly<Record<number, Region>>,
): number {
  const base = arg.copyFrom(RegionInfo.minSize);
  if (!base) return -Errno.EFAULT;
  const info = new LittleEndian(new Uint8Array(REGION_INFO_EXT_SIZE));
  info.bytes.set(base);
  const size = info.u32(RegionInfo.argsz);
  if (size < RegionInfo.minSize || size > REGION_INFO_EXT_SIZE) return -Errno.EINVAL;
  const index = info.u32(RegionInfo.index);
  if (index >= NUM_REGIONS) return -Errno.EINVAL;
  putRegion(info, regions[index] ?? NO_REGION);
  if (index === EDID_REGION) putEdidCapability(info);
  return arg.copyTo(info.bytes.subarray(0, size)) ? 0 : -Errno.EFAULT;
}

/** Says that the region is an EDID one, and how much room the answer needs. */
function putEdidCapability(info: LittleEndian): void {
  info.setU32(RegionInfo.argsz, REGION_INFO_EXT_SIZE);
  info.setU32(RegionInfo.capOffset, CapType.id);
  info.setU16(CapType.id, REGION_INFO_CAP_TYPE);
  info.setU16(CapType.version, 1);
  info.setU32(CapType.next, 0);
  info.setU32(CapType.type, REGION_TYPE_GFX);
  info.setU32(CapType.subtype, REGION_SUBTYPE_GFX_EDID);
}
