/** What taints a module and the kernel. Source: kernel/panic.c, taint_flags; kernel/module/main.c, 6.1 */
import type { Kernel } from './kernel.js';
import { modules, type Module } from './module.js';
import { LogLevel, printk } from './printk.js';

/** Source: license_is_gpl_compatible(), include/linux/license.h, 6.1 */
const GPL_COMPATIBLE: ReadonlySet<string> = new Set([
  'GPL',
  'GPL v2',
  'GPL and additional rights',
  'Dual BSD/GPL',
  'Dual MIT/GPL',
  'Dual MPL/GPL',
]);

/** The taints of modules, with the letters that an oops and `taint` show. */
export const Taint = { PROPRIETARY: 'P', OUT_OF_TREE: 'O', UNSIGNED: 'E' } as const;
type TaintLetter = (typeof Taint)[keyof typeof Taint];

/** Source: TAINT_PROPRIETARY_MODULE, TAINT_OOT_MODULE, TAINT_UNSIGNED_MODULE, include/linux/panic.h, 6.1 */
const BITS: Readonly<Record<TaintLetter, number>> = { P: 0, O: 12, E: 13 };

/** Source: add_taint_module() */
export function add_taint_module(k: Kernel, mod: Module, letter: TaintLetter): void {
  modules(k).taints.add(letter);
  mod.taints.add(letter);
}

/** What /proc/sys/kernel/tainted shows: a bit for each taint. Source: get_taint(), kernel/panic.c, 6.1 */
export function get_taint(k: Kernel): number {
  let mask = 0;
  for (const letter of modules(k).taints) mask |= 1 << BITS[letter as TaintLetter];
  return mask;
}

/** A licence that is not the GPL taints kernel and module, also if the load fails. Source: set_license() */
export function set_license(k: Kernel, mod: Module): void {
  const { license } = mod.definition;
  if (GPL_COMPATIBLE.has(license)) return;
  const table = modules(k);
  const news = !table.taints.has(Taint.PROPRIETARY);
  const warn = (text: string): void => {
    printk(k, LogLevel.WARNING, text);
  };
  if (news) warn(`${mod.name}: module license '${license}' taints kernel.`);
  add_taint_module(k, mod, Taint.PROPRIETARY);
  if (table.debug_locks) {
    table.debug_locks = false;
    warn('Disabling lock debugging due to kernel taint');
  }
  if (news && k.profile.loader.announcesLicenseTaint) {
    warn(`${mod.name}: module license taints kernel.`);
  }
}
