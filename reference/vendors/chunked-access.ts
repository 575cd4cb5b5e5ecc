/**
 * How the sample drivers read and write a region: in naturally aligned pieces of 4, 2 and 1 bytes,
 * each through a variable on the stack. One piece that fails makes the whole call -EFAULT, and
 * what the earlier pieces did stays done.
 * Source: samples/vfio-mdev/{mtty,mdpy,mbochs}.c, *_read and *_write, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';

const WORD = 4;

/**
 * One piece of an access.
 * @param buffer always four bytes: a driver that takes a u32 from a shorter piece reads what lies beside it
 * @returns false where the driver refuses the position
 */
export type PieceAccess = (pos: number, buffer: Uint8Array, count: number) => boolean;

/** What a variable holds that the driver never set, and leaves to user space. */
export interface StackContents {
  readonly bytes: readonly number[];
  /** Whether each piece begins with `bytes` again, or with what the piece before it left. */
  readonly freshPerPiece: boolean;
}

/** A kernel built with automatic zeroing of variables, which Debian's 6.1 and 6.12 seem to be. */
export const ZEROED_STACK: StackContents = { bytes: [0, 0, 0, 0], freshPerPiece: true };

function pieceSize(pos: number, left: number): number {
  if (left >= WORD && pos % WORD === 0) return WORD;
  return left >= 2 && pos % 2 === 0 ? 2 : 1;
}

/** @returns the bytes read, or -EFAULT */
export function readInPieces(
  pos: number,
  count: number,
  access: PieceAccess,
  stack = ZEROED_STACK,
): Uint8Array | number {
  const result = new Uint8Array(count);
  const buffer = Uint8Array.from(stack.bytes);
  for (let done = 0; done < count;) {
    const size = pieceSize(pos + done, count - done);
    if (stack.freshPerPiece) buffer.set(stack.bytes);
    if (!access(pos + done, buffer, size)) return -Errno.EFAULT;
    result.set(buffer.subarray(0, size), done);
    done += size;
  }
  return result;
}

/** @returns how many bytes were written: all, or -EFAULT */
export function writeInPieces(pos: number, data: Uint8Array, access: PieceAccess): number {
  for (let done = 0; done < data.length;) {
    const size = pieceSize(pos + done, data.length - done);
    const buffer = new Uint8Array(WORD);
    buffer.set(data.subarray(done, done + size));
    if (!access(pos + done, buffer, size)) return -Errno.EFAULT;
    done += size;
  }
  return data.length;
}
