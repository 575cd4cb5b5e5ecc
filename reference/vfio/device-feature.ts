import { Errno } from '../kernel/errno.js';
import type { UserMemory } from '../kernel/user-memory.js';

/** struct vfio_device_feature: argsz, flags */
const MINSZ = 8;
const FEATURE_MASK = 0xffff;
const GET = 1 << 16;
const SET = 1 << 17;
const PROBE = 1 << 18;

/**
 * VFIO_DEVICE_FEATURE, which the core answers before the driver sees it. No driver of this model
 * has a feature.
 * @returns -EFAULT, -EINVAL for what can't be asked, else -ENOTTY
 * Source: vfio_ioctl_device_feature(), drivers/vfio/vfio_main.c, 6.1
 */
export function vfio_ioctl_device_feature(memory: UserMemory): number {
  const bytes = memory.copyFrom(MINSZ);
  if (!bytes) return -Errno.EFAULT;
  const view = new DataView(bytes.buffer);
  const flags = view.getUint32(4, true);
  const impossible = !(flags & PROBE) && flags & SET && flags & GET;
  if (
    view.getUint32(0, true) < MINSZ ||
    flags & ~(FEATURE_MASK | GET | SET | PROBE) ||
    impossible
  ) {
    return -Errno.EINVAL;
  }
  return -Errno.ENOTTY;
}
