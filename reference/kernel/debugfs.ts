/** Files of /sys/kernel/debug. Source: fs/debugfs/, 6.1 */
import { Errno } from './errno.js';
import { File, type FileOperations } from './file.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { module_put, try_module_get, type Module } from './module.js';
import type { MightSleep } from './scheduler.js';

/** What reading and writing a file does; data are byte strings, and come whole, however long. */
export interface DebugfsOps {
  /** the module it is in, which can't go while the file is open; undefined for what is built in */
  readonly owner: Module | undefined;
  read?(k: Kernel): string;
  /** @returns the bytes taken, or -errno */
  write?(k: Kernel, data: string): MightSleep<number>;
}

/** Source: debugfs_create_dir() */
export function debugfs_create_dir(k: Kernel, name: string): KernfsNode {
  return k.debugfs.mkdir(name)!;
}

/** Runs an operation on a file that may be removed: -EIO then. Source: FULL_PROXY_FUNC, debugfs_file_get() */
function* full_proxy<T>(k: Kernel, node: KernfsNode, body: MightSleep<T>): MightSleep<T | number> {
  if (!node.getActive()) return -Errno.EIO;
  const value = yield* body;
  node.putActive(k);
  return value;
}

function* part_of(content: string, count: number, pos: number): MightSleep<Uint8Array> {
  return Buffer.from(content, 'latin1').subarray(pos, pos + count);
}

/** Source: __full_proxy_fops_init() */
function proxy_fops(node: KernfsNode, { read, write }: DebugfsOps): FileOperations {
  return {
    kind: 'debugfs',
    ...(read
      ? {
          read: (k, _file, count, pos) => full_proxy(k, node, part_of(read(k), count, pos)),
        }
      : {}),
    ...(write
      ? {
          write: (k, _file, data) =>
            full_proxy(k, node, write(k, Buffer.from(data).toString('latin1'))),
        }
      : {}),
  };
}

/** Opens a file; root may, whatever its mode says. @returns the file, or -ENXIO. Source: full_proxy_open() */
function full_proxy_open(node: KernfsNode, ops: DebugfsOps, mode: File['mode']): File | number {
  if (!try_module_get(ops.owner)) return -Errno.ENXIO;
  const file = new File(proxy_fops(node, ops), mode);
  file.on_release = function* () {
    module_put(ops.owner);
  };
  return file;
}

/** Source: debugfs_create_file() */
export function debugfs_create_file(
  dir: KernfsNode,
  name: string,
  mode: number,
  ops: DebugfsOps,
): void {
  const node: KernfsNode = dir.mkfile(name, mode, {
    open: (opened) => full_proxy_open(node, ops, opened),
  })!;
}

/** Source: debugfs_remove(); waits for those who use a file */
export function debugfs_remove_recursive(k: Kernel, dir: KernfsNode): MightSleep<void> {
  return dir.remove(k);
}
