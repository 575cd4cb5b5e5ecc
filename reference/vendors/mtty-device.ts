/**
 * mtty behind its device descriptor: a PCI card with one or two serial ports.
 * Source: samples/vfio-mdev/mtty.c, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { ZEROED_STACK, readInPieces, writeInPieces, type StackContents } from './chunked-access.js';
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import { NO_EVENTFDS, type EventfdLookup } from './eventfd.js';
import type { LittleEndian } from '../kernel/little-endian.js';
import { MTTY_IO_BAR_SIZE, MttyConfig } from './mtty-config.js';
import { LenientInterrupts, type MttyInterrupts } from './mtty-interrupts.js';
import type { MttyInterruptsFactory } from './mtty-interrupts.js';
import { MaskedInterrupts } from './mtty-masked-interrupts.js';
import { MttyUart } from './mtty-uart.js';
import { CONFIG_SPACE_SIZE } from './pci-config-space.js';
import { copyIrqSet } from './vfio-irq-set.js';
import {
  DeviceInfo,
  IrqFlag,
  IrqInfo,
  PCI_NUM_IRQS,
  PCI_NUM_REGIONS,
  PciIrq,
  PciRegion,
  RegionFlag,
  RegionInfo,
  VfioRequest,
  dispatchRequest,
  exchangeStruct,
  putPciDeviceInfo,
  putRegion,
  type RequestTable,
} from '../vfio/uapi.js';

/** A position is a region's index times this, plus the offset in the region. */
const REGION_STRIDE = 2 ** 40;
/** The handlers take the offset as a u16: what is above it wraps around. */
const OFFSET_MASK = 0xffff;

/** A type of mtty, by its name below mdev_supported_types. */
export interface MttyType {
  readonly ports: 1 | 2;
}

/** What differs between the kernels. */
export interface MttyEra {
  readonly interrupts: MttyInterruptsFactory;
  /** Flags of the interrupts that VFIO_DEVICE_GET_IRQ_INFO knows; other indexes are -EINVAL. */
  readonly irqFlags: Readonly<Record<number, number>>;
  readonly stack: StackContents;
  /** Whether the driver has a close_device callback. */
  readonly hasCloseDevice: boolean;
}

const INTX_FLAGS = IrqFlag.EVENTFD | IrqFlag.MASKABLE | IrqFlag.AUTOMASKED;
const OTHER_FLAGS = IrqFlag.EVENTFD | IrqFlag.NORESIZE;

/** Source: samples/vfio-mdev/mtty.c, mtty_get_irq_info, mtty_set_irqs, 6.1. */
export const MTTY_6_1: MttyEra = {
  interrupts: (log, eventfds) => new LenientInterrupts(log, eventfds),
  irqFlags: {
    [PciIrq.INTX]: INTX_FLAGS,
    [PciIrq.MSI]: OTHER_FLAGS,
    [PciIrq.REQ]: OTHER_FLAGS,
  },
  stack: ZEROED_STACK,
  hasCloseDevice: false,
};

/** Source: samples/vfio-mdev/mtty.c, mtty_get_irq_info, mtty_set_irqs, mtty_close, 6.12. */
export const MTTY_6_12: MttyEra = {
  interrupts: (_log, eventfds) => new MaskedInterrupts(eventfds),
  irqFlags: { [PciIrq.INTX]: INTX_FLAGS, [PciIrq.MSI]: OTHER_FLAGS },
  stack: ZEROED_STACK,
  hasCloseDevice: true,
};

/**
 * As 6.1, on a kernel that does not zero variables: reading an empty receiver gives away what was
 * on the stack. The bytes are those that Debian's 5.10.262 gave each time it was asked.
 */
export const MTTY_5_10: MttyEra = {
  ...MTTY_6_1,
  stack: { bytes: [0x80, 0x88, 0xff, 0xff], freshPerPiece: false },
};

export interface MttyOptions {
  readonly type: MttyType;
  readonly era: MttyEra;
  readonly log: DeviceLog;
  readonly eventfds?: EventfdLookup;
}

export class MttyDevice {
  private readonly config: MttyConfig;
  private readonly interrupts: MttyInterrupts;
  private readonly uarts: readonly MttyUart[];
  /** Zero until the first VFIO_DEVICE_GET_INFO: before it, the interrupt requests are refused. */
  private numIrqs = 0;

  constructor(private readonly opts: MttyOptions) {
    const { type, era, log, eventfds = NO_EVENTFDS } = opts;
    this.config = new MttyConfig(type.ports, log);
    this.interrupts = era.interrupts(log, eventfds);
    // The driver has the state of two ports, whatever the type. Its index is not checked: BAR2 to
    // BAR5 are memory behind them there, and ports of their own here.
    this.uarts = Array.from(
      { length: PciRegion.BAR5 + 1 },
      () => new MttyUart(() => this.interrupts.trigger()),
    );
  }

  /** Source: mtty_read, mdev_access. @returns the bytes, or -EFAULT */
  read(pos: number, count: number): Uint8Array | number {
    const access = (at: number, buffer: Uint8Array, size: number) =>
      this.readPiece(at, buffer, size);
    return readInPieces(pos, count, access, this.opts.era.stack);
  }

  /** Source: mtty_write, mdev_access. @returns the number of bytes, or -EFAULT */
  write(pos: number, data: Uint8Array): number {
    return writeInPieces(pos, data, (at, buffer, size) => this.writePiece(at, buffer, size));
  }

  /** Source: mtty_ioctl. @returns 0 or a negative errno */
  ioctl(request: number, arg: UserMemory): number {
    return dispatchRequest(this.requests, request, arg);
  }

  /** The driver has no mmap: the core answers for it. Source: vfio_main.c, vfio_device_fops_mmap. */
  mmap(_offset: number, _length: number): number {
    return -Errno.EINVAL;
  }

  /** Last close of the device, in eras that have the callback. Source: mtty_close, 6.12. */
  closeDevice(): void {
    this.interrupts.close();
  }

  private readonly requests: RequestTable = new Map([
    [VfioRequest.VFIO_DEVICE_GET_INFO, (arg) => this.getInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_REGION_INFO, (arg) => this.getRegionInfo(arg)],
    [VfioRequest.VFIO_DEVICE_GET_IRQ_INFO, (arg) => this.getIrqInfo(arg)],
    [VfioRequest.VFIO_DEVICE_SET_IRQS, (arg) => this.setIrqs(arg)],
    [VfioRequest.VFIO_DEVICE_RESET, () => this.reset()],
  ]);

  private readPiece(pos: number, buffer: Uint8Array, count: number): boolean {
    const region = Math.floor(pos / REGION_STRIDE);
    const offset = pos % REGION_STRIDE;
    if (region === PciRegion.CONFIG) {
      this.config.read(offset, buffer, count);
      return true;
    }
    const uart = this.uarts[region];
    // However wide the access, a port answers with one byte and leaves the others alone.
    const byte = uart?.read(offset & OFFSET_MASK);
    if (byte !== undefined) buffer[0] = byte;
    return uart !== undefined;
  }

  private writePiece(pos: number, buffer: Uint8Array, count: number): boolean {
    const region = Math.floor(pos / REGION_STRIDE);
    const offset = (pos % REGION_STRIDE) & OFFSET_MASK;
    if (region === PciRegion.CONFIG) {
      this.config.write(offset, buffer, count);
      return true;
    }
    this.uarts[region]?.write(offset, buffer[0]!);
    return region in this.uarts;
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
      if (index >= PCI_NUM_REGIONS) return -Errno.EINVAL;
      return putRegion(info, {
        offset: index * REGION_STRIDE,
        size: this.regionSize(index),
        flags: RegionFlag.READ | RegionFlag.WRITE,
      });
    });
  }

  private regionSize(index: number): number {
    if (index === PciRegion.CONFIG) return CONFIG_SPACE_SIZE;
    return index < this.opts.type.ports ? MTTY_IO_BAR_SIZE : 0;
  }

  private getIrqInfo(arg: UserMemory): number {
    return exchangeStruct(arg, IrqInfo.minSize, (info) => this.putIrqInfo(info));
  }

  private putIrqInfo(info: LittleEndian): number {
    const index = info.u32(IrqInfo.index);
    const flags = index < this.numIrqs ? this.opts.era.irqFlags[index] : undefined;
    if (flags === undefined) return -Errno.EINVAL;
    info.setU32(IrqInfo.flags, flags);
    info.setU32(IrqInfo.count, 1);
    return 0;
  }

  private setIrqs(arg: UserMemory): number {
    const irqs = copyIrqSet(arg, this.numIrqs, PCI_NUM_IRQS);
    return typeof irqs === 'number' ? irqs : this.interrupts.set(irqs);
  }

  /** Neither ports nor configuration space change. Source: mtty_reset, 6.1 and 6.12. */
  private reset(): number {
    this.opts.log.pr(LogLevel.INFO, 'mtty_reset: called');
    return 0;
  }
}
