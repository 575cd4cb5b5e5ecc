/**
 * A subchannel behind its descriptor: the I/O region and the numbers of interrupts. Channel programs
 * don't run: no guest has memory here that one could be in, and so the start of one is refused.
 * Source: drivers/s390/cio/vfio_ccw_ops.c, vfio_ccw_fsm.c, 5.13 and 6.1
 */
import { Errno } from '../../kernel/errno.js';
import type { IoctlArgument } from '../../kernel/file.js';
import type { Kernel } from '../../kernel/kernel.js';
import { LittleEndian } from '../../kernel/little-endian.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { UserMemory } from '../../kernel/user-memory.js';
import {
  DeviceFlag,
  exchangeStruct,
  getDeviceInfo,
  IrqFlag,
  IrqInfo,
  putRegion,
  RegionFlag,
  RegionInfo,
  VfioRequest,
} from '../../vfio/uapi.js';
import { NO_EVENTFDS, type EventfdLookup } from '../eventfd.js';
import { copyIrqSet, IRQ_SET_DATA_TYPE_MASK, IrqSetFlag, type IrqSet } from '../vfio-irq-set.js';
import type { CcwFsm } from './fsm.js';
import { IO_REGION_SIZE, State, type CcwPrivate } from './private.js';

/** What the eras of the descriptor do differently. */
export interface CcwDescriptor {
  readonly fsm: CcwFsm;
  /** interrupts: I/O, CRW and, from 5.11 on, the request for the device */
  readonly numIrqs: number;
}

/** Source: VFIO_CCW_OFFSET_SHIFT */
const REGION_SPAN = 1 << 10;
const DEVICE_FLAGS = DeviceFlag.RESET | DeviceFlag.CCW;

/** Behind the I/O region, while the device is open: sizes and flags. Source: vfio_ccw_register_*_dev_regions() */
const MORE_REGIONS = [
  { size: 8, flags: RegionFlag.READ | RegionFlag.WRITE },
  { size: 52, flags: RegionFlag.READ },
  { size: 8, flags: RegionFlag.READ },
] as const;

/** What one open adds to the regions. */
export const REGIONS_PER_OPEN = MORE_REGIONS.length;

const SCSW_FCTL = { offset: 12 + 2, start: 0x40, halt: 0x20, clear: 0x10 } as const;

const regions = (p: CcwPrivate): number => 1 + p.num_regions;

function io_request(k: Kernel, p: CcwPrivate): number {
  if (p.state !== State.IDLE) {
    printk(k, LogLevel.ERR, `vfio-ccw: FSM: I/O request from state:${p.state}`);
    return -Errno.EIO;
  }
  const fctl = p.io_region[SCSW_FCTL.offset]!;
  if (fctl & SCSW_FCTL.start) return -Errno.EINVAL;
  return fctl & (SCSW_FCTL.halt | SCSW_FCTL.clear) ? -Errno.EOPNOTSUPP : 0;
}

/** Source: vfio_ccw_mdev_read(), vfio_ccw_mdev_read_io_region() @returns the bytes, or -EINVAL */
export function ccw_read(p: CcwPrivate, count: number, pos: number): Uint8Array | number {
  const at = pos % REGION_SPAN;
  if (pos >= REGION_SPAN || at + count > IO_REGION_SIZE) return -Errno.EINVAL;
  return p.io_region.slice(at, at + count);
}

/**
 * Writing to the I/O region is a request, whatever was written.
 * Source: vfio_ccw_mdev_write_io_region() @returns the number of bytes, or what became of the request
 */
export function ccw_write(
  k: Kernel,
  p: CcwPrivate,
  data: Uint8Array,
  pos: number,
  { fsm }: CcwDescriptor,
): number {
  if (pos + data.length > IO_REGION_SIZE) return -Errno.EINVAL;
  p.io_region.set(data, pos);
  const error = io_request(k, p);
  if (error) fsm.requestFailed(p);
  return error || data.length;
}

/** The regions beyond the first say in a capability what they are, for which there is never room here. */
function get_region_info(p: CcwPrivate, arg: UserMemory): number {
  return exchangeStruct(arg, RegionInfo.minSize, (info) => {
    const index = info.u32(RegionInfo.index);
    if (index >= regions(p)) return -Errno.EINVAL;
    const readWrite = RegionFlag.READ | RegionFlag.WRITE;
    if (index === 0) return putRegion(info, { offset: 0, size: IO_REGION_SIZE, flags: readWrite });
    const region = MORE_REGIONS[(index - 1) % REGIONS_PER_OPEN]!;
    const flags = region.flags | RegionFlag.CAPS;
    putRegion(info, { offset: index * REGION_SPAN, size: region.size, flags });
    info.setU32(RegionInfo.argsz, RegionInfo.minSize + CAP_TYPE_SIZE);
    info.setU32(RegionInfo.capOffset, 0);
    return 0;
  });
}

/** Source: struct vfio_region_info_cap_type */
const CAP_TYPE_SIZE = 16;

function get_irq_info(arg: UserMemory, numIrqs: number): number {
  return exchangeStruct(arg, IrqInfo.minSize, (info) => {
    if (info.u32(IrqInfo.index) >= numIrqs) return -Errno.EINVAL;
    info.setU32(IrqInfo.flags, IrqFlag.EVENTFD);
    info.setU32(IrqInfo.count, 1);
    return 0;
  });
}

/** An eventfd comes in place of the one before, -1 takes it away. */
function set_trigger(p: CcwPrivate, irqs: IrqSet, eventfds: EventfdLookup): number {
  const fd = irqs.data.length ? new LittleEndian(irqs.data).s32(0) : 0;
  if (fd < -1) return -Errno.EINVAL;
  const context = fd === -1 ? undefined : eventfds(fd);
  if (typeof context === 'number') return context;
  p.triggers.get(irqs.index)?.put();
  if (context) p.triggers.set(irqs.index, context);
  else p.triggers.delete(irqs.index);
  return 0;
}

/** Source: vfio_ccw_mdev_set_irqs() */
function set_irqs(
  p: CcwPrivate,
  arg: UserMemory,
  numIrqs: number,
  eventfds: EventfdLookup,
): number {
  const irqs = copyIrqSet(arg, 1, numIrqs);
  if (typeof irqs === 'number') return irqs;
  if (!(irqs.flags & IrqSetFlag.ACTION_TRIGGER)) return -Errno.EINVAL;
  if (irqs.flags & IrqSetFlag.DATA_EVENTFD) return set_trigger(p, irqs, eventfds);
  const none = (irqs.flags & IRQ_SET_DATA_TYPE_MASK) === IrqSetFlag.DATA_NONE;
  if (none || irqs.data[0]) p.triggers.get(irqs.index)?.signal();
  return 0;
}

/** Source: vfio_ccw_mdev_ioctl() @returns 0 or -errno */
export function ccw_ioctl(
  k: Kernel,
  p: CcwPrivate,
  request: number,
  { memory }: IoctlArgument,
  { fsm, numIrqs }: CcwDescriptor,
  eventfds: EventfdLookup = NO_EVENTFDS,
): number {
  switch (request) {
    case VfioRequest.VFIO_DEVICE_GET_INFO:
      return getDeviceInfo(memory, { flags: DEVICE_FLAGS, regions: regions(p), irqs: numIrqs });
    case VfioRequest.VFIO_DEVICE_GET_REGION_INFO:
      return get_region_info(p, memory);
    case VfioRequest.VFIO_DEVICE_GET_IRQ_INFO:
      return get_irq_info(memory, numIrqs);
    case VfioRequest.VFIO_DEVICE_SET_IRQS:
      return set_irqs(p, memory, numIrqs, eventfds);
    case VfioRequest.VFIO_DEVICE_RESET:
      return fsm.reset(k, p);
    default:
      return -Errno.ENOTTY;
  }
}
