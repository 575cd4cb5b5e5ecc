/**
 * The memory behind the last argument of an ioctl, as copy_from_user() and copy_to_user() see it.
 * A pointer to nothing (a number, no argument) faults on every access.
 */
export class UserMemory {
  /** @param bytes what the caller's buffer holds; null for an address without memory */
  constructor(readonly bytes: Uint8Array | null) {}

  /** @returns a copy of the first `size` bytes, or null where the copy would fault (-EFAULT) */
  copyFrom(size: number): Uint8Array | null {
    return this.bytes && size <= this.bytes.length ? this.bytes.slice(0, size) : null;
  }

  /** Writes `data` at `offset`. @returns false where the copy would fault (-EFAULT) */
  copyTo(data: Uint8Array, offset = 0): boolean {
    if (!this.bytes || offset + data.length > this.bytes.length) return false;
    this.bytes.set(data, offset);
    return true;
  }
}
