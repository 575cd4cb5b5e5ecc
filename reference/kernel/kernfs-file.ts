/** Open files of sysfs and debugfs. Source: fs/kernfs/file.c, fs/sysfs/file.c, 6.1 */
import { Errno } from './errno.js';
import { File, type FileOperations } from './file.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { Mutex } from './locks.js';
import type { MightSleep } from './scheduler.js';
import { PAGE_SIZE } from './sysfs.js';

/** An open file: one operation at a time. Source: struct kernfs_open_file */
class KernfsOpenFile {
  private readonly mutex = new Mutex('of->mutex');

  constructor(readonly node: KernfsNode) {}

  /** Runs an operation on a node that may be on its way out: -ENODEV then. */
  *run<T>(k: Kernel, body: MightSleep<T>): MightSleep<T | number> {
    yield* this.mutex.lock(k);
    const value = this.node.getActive() ? yield* this.active(k, body) : -Errno.ENODEV;
    this.mutex.unlock(k);
    return value;
  }

  private *active<T>(k: Kernel, body: MightSleep<T>): MightSleep<T> {
    const value = yield* body;
    this.node.putActive(k);
    return value;
  }
}

const of = (file: File): KernfsOpenFile => file.private_data as KernfsOpenFile;

const kernfs_file_fops: FileOperations = {
  kind: 'kernfs',
  *read(k, file, count, pos) {
    const { node } = of(file);
    if (!node.ops.read) return -Errno.EINVAL;
    if (count === 0) return Buffer.alloc(0);
    const content = yield* of(file).run(k, node.ops.read(k));
    if (typeof content === 'number') return content;
    return Buffer.from(content, 'latin1').subarray(pos, pos + count);
  },
  *write(k, file, data) {
    const { node } = of(file);
    const taken = Buffer.from(data.subarray(0, PAGE_SIZE)).toString('latin1');
    return (yield* of(file).run(k, write_node(k, node, taken))) as number;
  },
};

/** An empty write never reaches the attribute. Source: sysfs_kf_write() */
function* write_node(k: Kernel, node: KernfsNode, data: string): MightSleep<number> {
  if (data === '') return 0;
  return node.ops.write ? yield* node.ops.write(k, data) : -Errno.EINVAL;
}

const READABLE = 0o444;
const WRITABLE = 0o222;

/**
 * Opens a file of a tree. Even root is refused what the mode doesn't offer.
 * @returns the file, or -EACCES, -ENODEV
 * Source: kernfs_fop_open(), KERNFS_ROOT_EXTRA_OPEN_PERM_CHECK
 */
export function kernfs_open(node: KernfsNode, mode: File['mode']): File | number {
  if (mode.write && !(node.mode & WRITABLE)) return -Errno.EACCES;
  if (mode.read && !(node.mode & READABLE)) return -Errno.EACCES;
  const file = new File(kernfs_file_fops, mode);
  file.private_data = new KernfsOpenFile(node);
  return file;
}

const directory_fops: FileOperations = { kind: 'directory' };

/** Opens a directory, which can only be listed. */
export function directory_open(mode: File['mode']): File | number {
  return mode.write ? -Errno.EISDIR : new File(directory_fops, mode);
}
