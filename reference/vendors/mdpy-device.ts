/**
 * mdpy behind its device descriptor: a PCI display whose frame buffer is BAR 0. No difference
 * between the kernels.
 * Source: samples/vfio-mdev/mdpy.c and mdpy-defs.h, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { readInPieces, writeInPieces } from './chunked-access.js';
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import { LittleEndian } from '../kernel/little-endian.js';
import {
  CONFIG_SPACE_SIZE,
  PCI_BASE_ADDRESS_MEM_PREFETCH,
  PCI_CLASS_DISPLAY_OTHER,
  PCI_COMMAND_IO_AND_MEMORY,
  PCI_STATUS_CAP_LIST,
  PciConfig,
  PciConfigSpace,
  PciId,
  barMask,
  type ConfigField,
} from './pci-config-space.js';
import { mapRegion } from './region-mmap.js';
import {
  DRM_FORMAT_XRGB8888,
  DeviceInfo,
  GfxPlaneFlag,
  GfxPlaneInfo,
  IrqInfo,
  NO_REGION,
  PAGE_SIZE,
  PCI_NUM_IRQS,
  PCI_NUM_REGIONS,
  PciRegion,
  RegionFlag,
  RegionInfo,
  VfioRequest,
  dispatchRequest,
  exchangeStruct,
  putPciDeviceInfo,
  putRegion,
  type Region,
  type RequestTable,
} from '../vfio/uapi.js';

const MEMORY_BAR_OFFSET = PAGE_SIZE;
/** A region beyond vfio-pci's own: the frame buffer as VFIO_DEVICE_QUERY_GFX_PLANE names it. */
const DISPLAY_REGION = 16;
const BYTES_PER_PIXEL = 4;
const VENDOR_CAPABILITY = 0x40;
const MDPY_DEVICE_ID = 0x000f;

export interface MdpyType {
  readonly width: number;
  readonly height: number;
}

/** By name below mdev_supported_types, which is the pretty name as well. */
export const MDPY_TYPES = {
  'mdpy-vga': { width: 640, height: 480 },
  'mdpy-xga': { width: 1024, height: 768 },
  'mdpy-hd': { width: 1920, height: 1080 },
} as const satisfies Record<string, MdpyType>;

/** The frame buffer, rounded up to a power of two. Source: mdpy_init_dev. */
export function mdpyMemorySize(type: MdpyType): number {
  return 2 ** Math.ceil(Math.log2(type.width * type.height * BYTES_PER_PIXEL));
}

/** Source: mdpy_create_config_space. */
const configFields = (type: MdpyType): readonly ConfigField[] => [
  [PciConfig.VENDOR_ID, 2, PciId.REDHAT],
  [PciConfig.DEVICE_ID, 2, MDPY_DEVICE_ID],
  [PciConfig.SUBSYSTEM_VENDOR_ID, 2, PciId.QUMRANET],
  [PciConfig.SUBSYSTEM_ID, 2, PciId.QEMU_SUBDEVICE],
  [PciConfig.COMMAND, 2, PCI_COMMAND_IO_AND_MEMORY],
  [PciConfig.STATUS, 2, PCI_STATUS_CAP_LIST],
  [PciConfig.CLASS_DEVICE, 2, PCI_CLASS_DISPLAY_OTHER],
  [PciConfig.REVISION, 1, 0x01],
  [PciConfig.BASE_ADDRESS_0, 4, PCI_BASE_ADDRESS_MEM_PREFETCH],
  [PciConfig.CAPABILITY_LIST, 1, VENDOR_CAPABILITY],
  // Vendor capability: id, no next one, length; then format, width and height.
  [VENDOR_CAPABILITY, 1, 0x09],
  [VENDOR_CAPABILITY + 1, 1, 0x00],
  [VENDOR_CAPABILITY + 2, 1, 0x10],
  [VENDOR_CAPABILITY + 4, 4, DRM_FORMAT_XRGB8888],
  [VENDOR_CAPABILITY + 8, 4, type.width],
  [VENDOR_CAPABILITY + 12, 4, type.height],
];

export interface MdpyOptions {
  readonly type: MdpyType;
  readonly log: DeviceLog;
}

export class MdpyDevice {
  private readonly config: PciConfigSpace;
  private readonly memorySize: number;
  private readonly regions: Readonly<Record<number, Region>>;
  /**
   * The first word of the frame buffer: reads and writes of any position in the BAR go there, since
   * the driver drops the position. The rest can only be seen through mmap.
   */
  private readonly firstWord = new Uint8Array(4);
  /** Zero until the first VFIO_DEVICE_GET_INFO: before it, every index is out of range. */
  private numIrqs = 0;

  constructor(private readonly opts: MdpyOptions) {
    this.config = new PciConfigSpace(configFields(opts.type));
    this.memorySize = mdpyMemorySize(opts.type);
    const readWrite = RegionFlag.READ | RegionFlag.WRITE;
    const memory = {
      offset: MEMORY_BAR_OFFSET,
      size: this.memorySize,
      flags: readWrite | RegionFlag.MMAP,
    };
    this.regions = {
      [PciRegion.BAR0]: memory,
      [PciRegion.CONFIG]: { offset: 0, size: CONFIG_SPACE_SIZE, flags: readWrite },
      [DISPLAY_REGION]: memory,
    };
  }

  /** Source: mdpy_read, mdev_access. @returns the bytes, or -EFAULT */
  read(pos: number, count: number): Uint8Array | number {
    return readInPieces(pos, count, (at, buffer, size) => this.access(at, buffer, size, false));
  }

  /** Source: mdpy_write, mdev_access. @returns the number of bytes, or -EFAULT */
  write(pos: number, data: Uint8Array): number {
    return writeInPieces(pos, data, (at, buffer, size) => this.access(at, buffer, size, true));
  }

  /** Source: mdpy_ioctl. @returns 0 or a negative errno */
  ioctl(request: number, arg: UserMemory): number {
    return dispatchRequest(this.requests, request, arg);
  }

  /** Source: mdpy_mmap. @returns 0 or -EINVAL */
  mmap(offset: number, length: number): number {
    return mapRegion(offset, length, MEMORY_BAR_OFFSET, this.memorySize);
  }

  private readonly requests: RequestTable = new Map([
    [VfioRequest.VFIO_DEVICE_GET_INFO, (arg) => this.getInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_REGION_INFO, (arg) => this.getRegionInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_IRQ_INFO, (arg) => this.getIrqInfo(arg)],
    [VfioRequest.VFIO_DEVICE_QUERY_GFX_PLANE, (arg) => this.queryGfxPlane(arg)],
    [VfioRequest.VFIO_DEVICE_SET_IRQS, () => -Errno.EINVAL],
    [VfioRequest.VFIO_DEVICE_RESET, () => this.reset()],
  ]);

  private access(pos: number, buffer: Uint8Array, count: number, isWrite: boolean): boolean {
    if (pos < CONFIG_SPACE_SIZE) {
      if (isWrite) this.writeConfig(pos, buffer);
      else this.config.read(pos, buffer, count);
      return true;
    }
    if (pos >= MEMORY_BAR_OFFSET && pos + count <= MEMORY_BAR_OFFSET + this.memorySize) {
      if (isWrite) this.firstWord.set(buffer.subarray(0, count));
      else buffer.set(this.firstWord.subarray(0, count));
      return true;
    }
    const what = `${isWrite ? 'WR' : 'RD'} @0x${pos.toString(16)}`;
    this.opts.log.dev(LogLevel.INFO, `mdev_access: ${what} (unhandled)`);
    return false;
  }

  /** All but BAR 0 is read-only, and says nothing about it. */
  private writeConfig(offset: number, buffer: Uint8Array): void {
    if (offset !== PciConfig.BASE_ADDRESS_0) return;
    const value = new LittleEndian(buffer).u32(0);
    this.config.writeMemoryBar(offset, value, barMask(this.memorySize), (address) =>
      this.opts.log.dev(LogLevel.INFO, `BAR0 @ 0x${address.toString(16)}`),
    );
  }

  private getInfo(arg: UserMemory): number {
    return exchangeStruct(arg, DeviceInfo.minSize, (info) => {
      this.numIrqs = PCI_NUM_IRQS;
      return putPciDeviceInfo(info, PCI_NUM_REGIONS);
    });
  }

  private getRegionInfo(arg: UserMemory): number {
    return exchangeStruct(arg, RegionInfo.minSize, (info) => {
      const index = info.u32(RegionInfo.index);
      if (index >= PCI_NUM_REGIONS && index !== DISPLAY_REGION) return -Errno.EINVAL;
      return putRegion(info, this.regions[index] ?? NO_REGION);
    });
  }

  /** No interrupts; the flags stay what the caller wrote there. */
  private getIrqInfo(arg: UserMemory): number {
    return exchangeStruct(arg, IrqInfo.minSize, (info) => {
      if (info.u32(IrqInfo.index) >= this.numIrqs) return -Errno.EINVAL;
      info.setU32(IrqInfo.count, 0);
      return 0;
    });
  }

  /** Source: mdpy_query_gfx_plane. */
  private queryGfxPlane(arg: UserMemory): number {
    return exchangeStruct(arg, GfxPlaneInfo.minSize, (plane) => {
      const flags = plane.u32(GfxPlaneInfo.flags);
      if (flags === (GfxPlaneFlag.PROBE | GfxPlaneFlag.REGION)) return 0;
      if (flags !== GfxPlaneFlag.REGION) return -Errno.EINVAL;
      this.putPlane(plane);
      return 0;
    });
  }

  private putPlane(plane: LittleEndian): void {
    const { width, height } = this.opts.type;
    plane.setU32(GfxPlaneInfo.drmFormat, DRM_FORMAT_XRGB8888);
    plane.setU64(GfxPlaneInfo.drmFormatMod, 0);
    plane.setU32(GfxPlaneInfo.width, width);
    plane.setU32(GfxPlaneInfo.height, height);
    plane.setU32(GfxPlaneInfo.stride, width * BYTES_PER_PIXEL);
    plane.setU32(GfxPlaneInfo.size, this.memorySize);
    plane.setU32(GfxPlaneInfo.regionIndex, DISPLAY_REGION);
    for (const field of ['xPos', 'yPos', 'xHot', 'yHot'] as const) {
      plane.setU32(GfxPlaneInfo[field], 0);
    }
  }

  /** A gradient from black downwards: its first word is zero. Source: mdpy_reset. */
  private reset(): number {
    this.firstWord.fill(0);
    return 0;
  }
}
