/** Open files of sysfs and debugfs. Source: fs/kernfs/file.c, fs/sysfs/file.c, 6.1 */
import { Errno } from './errno.js';
import { File, type FileOperations } from './file.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import type { MightSleep } from './scheduler.js';
import { PAGE_SIZE } from './sysfs.js';

/** Runs an operation on a node that may be on its way out: -ENODEV then. */
function* active<T>(k: Kernel, node: KernfsNode, body: MightSleep<T>): MightSleep<T | number> {
  if (!node.getActive()) return -Errno.ENODEV;
  const value = yield* body;
  node.putActive(k);
  return value;
}

const kernfs_file_fops: FileOperations = {
  kind: 'kernfs',
  *read(k, file, count, pos) {
    const node = file.private_data as KernfsNode;
    if (!node.ops.read) return -Errno.EINVAL;
    const content = yield* active(k, node, node.ops.read(k));
    if (typeof content === 'number') return content;
    return Buffer.from(content, 'latin1').subarray(pos, pos + count);
  },
  *write(k, file, data) {
    const node = file.private_data as KernfsNode;
    const taken = Buffer.from(data.subarray(0, PAGE_SIZE)).toString('latin1');
    return (yield* active(k, node, write_node(k, node, taken))) as number;
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
export function kernfs_open(k: Kernel, node: KernfsNode, mode: File['mode']): File | number {
  if (mode.write && !(node.mode & WRITABLE)) return -Errno.EACCES;
  if (mode.read && !(node.mode & READABLE)) return -Errno.EACCES;
  const refused = node.ops.open?.(k) ?? 0;
  if (refused) return refused;
  const file = new File(kernfs_file_fops, mode);
  file.private_data = node;
  if (node.ops.release) {
    file.on_release = function* () {
      node.ops.release!(k);
    };
  }
  return file;
}

const directory_fops: FileOperations = { kind: 'directory' };

/** Opens a directory, which can only be listed. */
export function directory_open(mode: File['mode']): File | number {
  return mode.write ? -Errno.EISDIR : new File(directory_fops, mode);
}
