/** How the kernel reads what is written to its files. */
import { KernelError } from './functions.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n?$/i;

/**
 * A uuid as it is written to `create`, with a line feed or without.
 * @returns it in lower case
 * @throws KernelError `EINVAL` (create_store(), drivers/vfio/mdev/mdev_sysfs.c)
 */
export function uuidOf(data: string): string {
  if (!UUID.test(data)) throw new KernelError('EINVAL');
  return data.trimEnd().toLowerCase();
}

const NUMBER = /^\+?(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)\n?$/i;

/**
 * Whether what is written to `remove` is a number other than 0.
 * @throws KernelError `EINVAL` (kstrtoul() with base 0, lib/kstrtox.c), `ERANGE` beyond 64 bits
 */
export function isTrue(data: string): boolean {
  const digits = NUMBER.exec(data)?.[1];
  if (digits === undefined) throw new KernelError('EINVAL');
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (value >= 1n << 64n) throw new KernelError('ERANGE');
  return value !== 0n;
}
