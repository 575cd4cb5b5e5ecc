import type { Kernel } from './kernel.js';
import { Refcount } from './refcount.js';
import type { MightSleep } from './scheduler.js';
import type { UserMemory } from './user-memory.js';

/** The last argument of an ioctl: as a number, and as the memory it points to. */
export interface IoctlArgument {
  readonly value: number;
  readonly memory: UserMemory;
}

/** What can be done with an open file; what is absent is refused. Source: struct file_operations, 6.1 */
export interface FileOperations {
  /** tells kinds of file apart, as the address of the operations does in the kernel */
  readonly kind: string;
  /** @returns the bytes at `pos`, or -errno */
  read?(k: Kernel, file: File, count: number, pos: number): MightSleep<Uint8Array | number>;
  /** @returns how many bytes were taken, or -errno */
  write?(k: Kernel, file: File, data: Uint8Array, pos: number): MightSleep<number>;
  ioctl?(k: Kernel, file: File, request: number, arg: IoctlArgument): MightSleep<number>;
  mmap?(k: Kernel, file: File, offset: number, length: number): MightSleep<number>;
  release?(k: Kernel, file: File): MightSleep<void>;
}

/** An open file; descriptors and others hold references to it. Source: struct file, 6.1 */
export class File {
  private readonly ref = new Refcount('file');
  private_data: unknown;
  /** what the opener holds for the file, given back behind its own release */
  on_release: (() => MightSleep<void>) | undefined;

  constructor(
    readonly ops: FileOperations,
    readonly mode: { readonly read: boolean; readonly write: boolean },
  ) {}

  /** Source: get_file() */
  get(): this {
    this.ref.get();
    return this;
  }

  /**
   * Gives a reference back. After the last one the file is released, when the running task returns
   * to user space. Source: fput(), fs/file_table.c, 6.1
   */
  put(k: Kernel): void {
    if (this.ref.put()) k.current.work.push(() => this.release(k));
  }

  private *release(k: Kernel): MightSleep<void> {
    if (this.ops.release) yield* this.ops.release(k, this);
    if (this.on_release) yield* this.on_release();
  }
}
