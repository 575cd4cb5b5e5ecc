import { Errno } from '../kernel/errno.js';
import { PAGE_SIZE } from '../vfio/uapi.js';

/**
 * mmap() of a region that can only be mapped from its beginning. Offsets inside a page and a length
 * of zero are refused by the system call itself, with the same error.
 * @returns 0 or -EINVAL
 * Source: samples/vfio-mdev/{mdpy,mbochs}.c, *_mmap, 6.1 and 6.12; mm/mmap.c, do_mmap.
 */
export function mapRegion(offset: number, length: number, start: number, size: number): number {
  const mapped = Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
  return offset === start && length > 0 && mapped <= size ? 0 : -Errno.EINVAL;
}
