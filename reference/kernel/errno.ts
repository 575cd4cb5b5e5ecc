/**
 * Error numbers as the kernel returns them, by name.
 * Source: include/uapi/asm-generic/errno-base.h, errno.h; include/linux/errno.h (from 512 on), 6.1.
 */
export const Errno = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  ENOTTY: 25,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ELOOP: 40,
  EOVERFLOW: 75,
  EBADFD: 77,
  EUSERS: 87,
  EOPNOTSUPP: 95,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ETIMEDOUT: 110,
  EALREADY: 114,
  ERESTARTSYS: 512,
  ERESTARTNOINTR: 513,
  EPROBE_DEFER: 517,
  ENOTSUPP: 524,
} as const;
export type ErrnoName = keyof typeof Errno;

/** The largest error number: a return value below `-MAX_ERRNO` is a value, not an error. */
export const MAX_ERRNO = 4095;
