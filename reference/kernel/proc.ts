/** What of /proc concerns modules. Source: kernel/sysctl.c, 6.1 */
import type { Kernel } from './kernel.js';
import { get_taint } from './taint.js';

/** Taints can be read here; that they can be set, too, is nobody's business in a test. Source: proc_taint() */
export function proc_init(k: Kernel): void {
  const kernel = k.procfs.mkdir('sys')!.mkdir('kernel')!;
  kernel.mkfile('tainted', 0o644, {
    *read() {
      return `${get_taint(k)}\n`;
    },
  });
}
