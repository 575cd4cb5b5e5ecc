/** VFIO_DEVICE_SET_IRQS up to the point where a driver acts on it. */
import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';
import { LittleEndian } from '../kernel/little-endian.js';

/** Source: include/uapi/linux/vfio.h, VFIO_IRQ_SET_*, 6.1. */
export const IrqSetFlag = {
  DATA_NONE: 1,
  DATA_BOOL: 2,
  DATA_EVENTFD: 4,
  ACTION_MASK: 8,
  ACTION_UNMASK: 16,
  ACTION_TRIGGER: 32,
} as const;
export const IRQ_SET_DATA_TYPE_MASK = 0x07;
export const IRQ_SET_ACTION_TYPE_MASK = 0x38;

const U32_MAX = 0xffffffff;

/** struct vfio_irq_set up to count; the data follow it. */
const IrqSetHeader = { argsz: 0, flags: 4, index: 8, start: 12, count: 16, minSize: 20 } as const;

/** Bytes of data per interrupt. Two data types at once have no size: they are refused. */
const DATA_SIZES: ReadonlyMap<number, number> = new Map([
  [IrqSetFlag.DATA_NONE, 0],
  [IrqSetFlag.DATA_BOOL, 1],
  [IrqSetFlag.DATA_EVENTFD, 4],
]);

/** struct vfio_irq_set with its data, as a driver sees it after the checks. */
export interface IrqSet {
  readonly argsz: number;
  readonly flags: number;
  readonly index: number;
  readonly start: number;
  readonly count: number;
  readonly data: Uint8Array;
}

type IrqSetHead = Omit<IrqSet, 'data'>;

/**
 * The checks that all drivers share. An action is not among them: none, or several, pass.
 * @param numIrqs how many interrupts each index has, as far as this function knows
 * @param maxIrqType how many indexes there are
 * @returns the size of the data, or -EINVAL
 * Source: drivers/vfio/vfio_main.c, vfio_set_irqs_validate_and_prepare, 6.1 and 6.12.
 */
export function validateIrqSet(head: IrqSetHead, numIrqs: number, maxIrqType: number): number {
  const { argsz, flags, index, start, count } = head;
  if (argsz < IrqSetHeader.minSize || index >= maxIrqType) return -Errno.EINVAL;
  if (count >= U32_MAX - start) return -Errno.EINVAL;
  if (flags & ~(IRQ_SET_DATA_TYPE_MASK | IRQ_SET_ACTION_TYPE_MASK)) return -Errno.EINVAL;
  if (start >= numIrqs || start + count > numIrqs) return -Errno.EINVAL;
  const size = DATA_SIZES.get(flags & IRQ_SET_DATA_TYPE_MASK);
  if (size === undefined) return -Errno.EINVAL;
  if (size && argsz - IrqSetHeader.minSize < count * size) return -Errno.EINVAL;
  return count * size;
}

/**
 * Copies struct vfio_irq_set and its data from user space and checks them.
 * @returns the set, or a negative errno
 * Source: samples/vfio-mdev/mtty.c, mtty_ioctl, 6.1.
 */
export function copyIrqSet(arg: UserMemory, numIrqs: number, maxIrqType: number): IrqSet | number {
  const bytes = arg.copyFrom(IrqSetHeader.minSize);
  if (!bytes) return -Errno.EFAULT;
  const fields = new LittleEndian(bytes);
  const head = {
    argsz: fields.u32(IrqSetHeader.argsz),
    flags: fields.u32(IrqSetHeader.flags),
    index: fields.u32(IrqSetHeader.index),
    start: fields.u32(IrqSetHeader.start),
    count: fields.u32(IrqSetHeader.count),
  };
  const size = validateIrqSet(head, numIrqs, maxIrqType);
  if (size < 0) return size;
  const all = arg.copyFrom(IrqSetHeader.minSize + size);
  return all ? { ...head, data: all.subarray(IrqSetHeader.minSize) } : -Errno.EFAULT;
}
