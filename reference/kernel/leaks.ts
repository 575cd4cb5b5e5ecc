import { KernelBug } from './bug.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { modules } from './module.js';
import { open_descriptors } from './syscalls.js';

/** Objects whose last reference was never given back, each with how many there are. */
export const objects_left = (k: Kernel): string[] =>
  [...k.live].map(([ref, { name }]) => `${name} (${ref.value})`);

/**
 * Once nothing is loaded and nothing is open, nothing may be left of what was.
 * @throws KernelBug `LEAK` that names the objects whose last reference was never given back
 */
export function check_leaks(k: Kernel): void {
  const { loaded, builtin } = modules(k);
  if (loaded.size > 0 || builtin.length > 0) return;
  if (open_descriptors(k).length > 0 || k.live.size === 0) return;
  throw new KernelBug('LEAK', `objects are left with references: ${objects_left(k).join(', ')}`);
}

/** Adds the paths below a directory. */
function collect(dir: KernfsNode, path: string, found: string[]): void {
  for (const [name, child] of dir.children) {
    const at = `${path}/${name}`;
    found.push(at);
    if (child.children.size > 0) collect(child, at, found);
  }
}

/** Every path of every tree, and so what user space can find. */
export function every_path(k: Kernel): string[] {
  const found: string[] = [];
  for (const root of [k.sysfs, k.debugfs, k.procfs, k.devtmpfs]) collect(root, root.path, found);
  return found;
}
