import { KernelBug } from './bug.js';
import type { Kernel } from './kernel.js';
import type { Kobject } from './kobject.js';
import { modules } from './module.js';
import { open_files } from './syscalls.js';

/**
 * Once nothing is loaded and nothing is open, nothing may be left of what was.
 * @throws KernelBug `LEAK` that names the objects whose last reference was never given back
 */
export function check_leaks(k: Kernel): void {
  const { loaded, builtin } = modules(k);
  if (loaded.size > 0 || builtin.length > 0 || open_files(k) > 0 || k.live.size === 0) return;
  const names = [...k.live].map((kobj) => {
    const { name, ref } = kobj as Kobject;
    return `${name} (${ref.value})`;
  });
  throw new KernelBug('LEAK', `objects are left with references: ${names.join(', ')}`);
}
