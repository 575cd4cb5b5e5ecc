/** Files of /sys/kernel/debug. Source: fs/debugfs/, 6.1 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { module_put, try_module_get, type Module } from './module.js';
import type { MightSleep } from './scheduler.js';

/** Source: debugfs_create_dir() */
export function debugfs_create_dir(k: Kernel, name: string): KernfsNode {
  return k.debugfs.mkdir(name)!;
}

/**
 * A file that takes text. While it is open its module can't go.
 * Source: debugfs_create_file(), full_proxy_open()
 */
export function debugfs_create_file(
  dir: KernfsNode,
  name: string,
  owner: Module,
  write: (k: Kernel, data: string) => MightSleep<number>,
): void {
  dir.mkfile(name, 0o200, {
    write,
    open: () => (try_module_get(owner) ? 0 : -Errno.ENOENT),
    release: () => {
      module_put(owner);
    },
  });
}

/** Source: debugfs_remove(); waits for those who use a file */
export function debugfs_remove_recursive(k: Kernel, dir: KernfsNode): MightSleep<void> {
  return dir.remove(k);
}
