/**
 * mbochs behind its device descriptor: QEMU's standard VGA, with a monitor that user space can
 * describe. No difference between the kernels.
 * Source: samples/vfio-mdev/mbochs.c, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { readInPieces, writeInPieces } from './chunked-access.js';
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import { LittleEndian } from '../kernel/little-endian.js';
import { MbochsEdid } from './mbochs-edid.js';
import { MbochsMemory } from './mbochs-memory.js';
import { MbochsPlanes, MbochsRateLimits, type DmaBufFd } from './mbochs-planes.js';
import { VbeRegisters } from './mbochs-vbe.js';
import {
  CONFIG_SPACE_SIZE,
  PCI_BASE_ADDRESS_MEM_PREFETCH,
  PCI_CLASS_DISPLAY_OTHER,
  PCI_COMMAND_IO_AND_MEMORY,
  PciConfig,
  PciConfigSpace,
  PciId,
  barMask,
  type ConfigField,
} from './pci-config-space.js';
import {
  EDID_OFFSET,
  MEMORY_OFFSET,
  MMIO_OFFSET,
  NUM_REGIONS,
  exchangeRegionInfo,
  mbochsRegions,
} from './mbochs-regions.js';
import { mapRegion } from './region-mmap.js';
import {
  DeviceInfo,
  GfxPlaneInfo,
  IrqInfo,
  PAGE_SIZE,
  PCI_NUM_IRQS,
  VfioRequest,
  dispatchRequest,
  exchangeStruct,
  putPciDeviceInfo,
  type Region,
  type RequestTable,
} from '../vfio/uapi.js';

/** Offsets in the MMIO BAR: the EDID blob, then nothing but the VBE registers. */
const MMIO_EDID_END = 0x400;
const MMIO_VBE_START = 0x500;
const MMIO_VBE_END = 0x516;
const VBE_WIDTH = 2;

const MEGABYTE = 1024 * 1024;

export interface MbochsType {
  readonly megabytes: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** By name below mdev_supported_types, which is the pretty name as well. */
export const MBOCHS_TYPES = {
  'mbochs-small': { megabytes: 4, maxX: 800, maxY: 600 },
  'mbochs-medium': { megabytes: 16, maxX: 1920, maxY: 1440 },
  'mbochs-large': { megabytes: 64, maxX: 0, maxY: 0 },
} as const satisfies Record<string, MbochsType>;

/** The pages of a type's memory, as mbochs_init_dev counts them in its message. */
export function mbochsPageCount(type: MbochsType): number {
  return (type.megabytes * MEGABYTE) / PAGE_SIZE;
}

/** Source: mbochs_create_config_space. */
const CONFIG_FIELDS: readonly ConfigField[] = [
  [PciConfig.VENDOR_ID, 2, 0x1234],
  [PciConfig.DEVICE_ID, 2, 0x1111],
  [PciConfig.SUBSYSTEM_VENDOR_ID, 2, PciId.QUMRANET],
  [PciConfig.SUBSYSTEM_ID, 2, PciId.QEMU_SUBDEVICE],
  [PciConfig.COMMAND, 2, PCI_COMMAND_IO_AND_MEMORY],
  [PciConfig.CLASS_DEVICE, 2, PCI_CLASS_DISPLAY_OTHER],
  [PciConfig.REVISION, 1, 0x01],
  [PciConfig.BASE_ADDRESS_0, 4, PCI_BASE_ADDRESS_MEM_PREFETCH],
];

export interface MbochsOptions {
  readonly type: MbochsType;
  readonly log: DeviceLog;
  /** Shared by all devices of a loaded module; without it, a clock that stands still. */
  readonly rateLimits?: MbochsRateLimits;
  /** Without it, no descriptors are left. */
  readonly dmaBufFd?: DmaBufFd;
}

export class MbochsDevice {
  private readonly config = new PciConfigSpace(CONFIG_FIELDS);
  private readonly memorySize: number;
  private readonly regions: Readonly<Record<number, Region>>;
  private readonly barMasks: ReadonlyMap<number, number>;
  private readonly vbe: VbeRegisters;
  private readonly edid: MbochsEdid;
  private readonly memory = new MbochsMemory();
  private readonly planes: MbochsPlanes;

  constructor(private readonly opts: MbochsOptions) {
    const { type, log, rateLimits, dmaBufFd } = opts;
    this.memorySize = type.megabytes * MEGABYTE;
    this.regions = mbochsRegions(this.memorySize);
    this.barMasks = new Map([
      [PciConfig.BASE_ADDRESS_0, barMask(this.memorySize)],
      [PciConfig.BASE_ADDRESS_2, barMask(PAGE_SIZE)],
    ]);
    this.vbe = new VbeRegisters(this.memorySize);
    this.edid = new MbochsEdid(type.maxX, type.maxY);
    this.planes = new MbochsPlanes(
      this.vbe,
      log,
      rateLimits ?? new MbochsRateLimits(() => 0),
      dmaBufFd ?? (() => -Errno.ENFILE),
    );
  }

  /** Source: mbochs_read, mdev_access. @returns the bytes, or -EFAULT */
  read(pos: number, count: number): Uint8Array | number {
    return readInPieces(pos, count, (at, buffer, size) => this.access(at, buffer, size, false));
  }

  /** Source: mbochs_write, mdev_access. @returns the number of bytes, or -EFAULT */
  write(pos: number, data: Uint8Array): number {
    return writeInPieces(pos, data, (at, buffer, size) => this.access(at, buffer, size, true));
  }

  /** Source: mbochs_ioctl. @returns 0, a descriptor, or a negative errno */
  ioctl(request: number, arg: UserMemory): number {
    return dispatchRequest(this.requests, request, arg);
  }

  /** Source: mbochs_mmap. @returns 0 or -EINVAL */
  mmap(offset: number, length: number): number {
    return mapRegion(offset, length, MEMORY_OFFSET, this.memorySize);
  }

  /** Last close of the device: frame buffers and pages go, registers stay. Source: mbochs_close_device. */
  closeDevice(): void {
    this.planes.close();
    this.memory.putPages();
  }

  private readonly requests: RequestTable = new Map([
    [VfioRequest.VFIO_DEVICE_GET_INFO, (arg) => this.getInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_REGION_INFO, (arg) => this.getRegionInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_IRQ_INFO, (arg) => this.getIrqInfo(arg)],
    [VfioRequest.VFIO_DEVICE_QUERY_GFX_PLANE, (arg) => this.queryGfxPlane(arg)],
    [VfioRequest.VFIO_DEVICE_GET_GFX_DMABUF, (arg) => this.getGfxDmaBuf(arg)],
    [VfioRequest.VFIO_DEVICE_SET_IRQS, () => -Errno.EINVAL],
    [VfioRequest.VFIO_DEVICE_RESET, () => this.reset()],
  ]);

  /** What is in no region is refused, with a message for debuggers only. */
  private access(pos: number, buffer: Uint8Array, count: number, isWrite: boolean): boolean {
    const within = (start: number, size: number) => pos >= start && pos + count <= start + size;
    if (pos < CONFIG_SPACE_SIZE) {
      if (isWrite) this.writeConfig(pos, buffer);
      else this.config.read(pos, buffer, count);
    } else if (within(MMIO_OFFSET, PAGE_SIZE)) {
      if (isWrite) this.writeMmio(pos - MMIO_OFFSET, buffer, count);
      else this.readMmio(pos - MMIO_OFFSET, buffer, count);
    } else if (within(EDID_OFFSET, PAGE_SIZE)) {
      this.edid.access(pos - EDID_OFFSET, buffer, count, isWrite);
    } else if (within(MEMORY_OFFSET, this.memorySize)) {
      // The driver subtracts the wrong region's offset, which moves everything by two pages.
      this.memory.access(pos - MMIO_OFFSET, buffer, count, isWrite);
    } else {
      return false;
    }
    return true;
  }

  /** All but BAR 0 and BAR 2 is read-only, and says nothing about it. */
  private writeConfig(offset: number, buffer: Uint8Array): void {
    const mask = this.barMasks.get(offset);
    if (mask === undefined) return;
    const bar = (offset - PciConfig.BASE_ADDRESS_0) / 4;
    this.config.writeMemoryBar(offset, new LittleEndian(buffer).u32(0), mask, (address) =>
      this.opts.log.dev(LogLevel.INFO, `BAR #${bar} @ 0x${address.toString(16)}`),
    );
  }

  /** The remapped VGA ports at 0x400 and QEMU's registers at 0x600 are not implemented. */
  private writeMmio(offset: number, buffer: Uint8Array, count: number): void {
    const index = vbeIndex(offset, count);
    if (index !== null) this.vbe.set(index, new LittleEndian(buffer).u16(0));
  }

  private readMmio(offset: number, buffer: Uint8Array, count: number): void {
    const index = vbeIndex(offset, count);
    if (offset < MMIO_EDID_END) this.edid.readByGuest(offset, buffer, count);
    else if (index !== null) new LittleEndian(buffer).setU16(0, this.vbe.get(index));
    else buffer.fill(0, 0, count);
  }

  private getInfo(arg: UserMemory): number {
    return exchangeStruct(arg, DeviceInfo.minSize, (info) => putPciDeviceInfo(info, NUM_REGIONS));
  }

  private getRegionInfo(arg: UserMemory): number {
    return exchangeRegionInfo(arg, this.regions);
  }

  /** No interrupts; the flags stay what the caller wrote there. */
  private getIrqInfo(arg: UserMemory): number {
    return exchangeStruct(arg, IrqInfo.minSize, (info) => {
      if (info.u32(IrqInfo.index) >= PCI_NUM_IRQS) return -Errno.EINVAL;
      info.setU32(IrqInfo.count, 0);
      return 0;
    });
  }

  private queryGfxPlane(arg: UserMemory): number {
    return exchangeStruct(arg, GfxPlaneInfo.minSize, (plane) => this.planes.query(plane));
  }

  private getGfxDmaBuf(arg: UserMemory): number {
    const bytes = arg.copyFrom(4);
    return bytes ? this.planes.getDmaBuf(new LittleEndian(bytes).u32(0)) : -Errno.EFAULT;
  }

  /** Source: mbochs_reset. */
  private reset(): number {
    this.vbe.reset();
    return 0;
  }
}

/** @returns the VBE register at an offset of the MMIO BAR; they answer to accesses of 16 bits only */
function vbeIndex(offset: number, count: number): number | null {
  const isVbe = offset >= MMIO_VBE_START && offset < MMIO_VBE_END && count === VBE_WIDTH;
  return isVbe ? (offset - MMIO_VBE_START) / VBE_WIDTH : null;
}
