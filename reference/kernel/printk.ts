import type { Kernel } from './kernel.js';

/** Levels of the kernel log. Source: include/linux/kern_levels.h, 6.1 */
export const LogLevel = { CRIT: 2, ERR: 3, WARNING: 4, NOTICE: 5, INFO: 6 } as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** Writes one line to the kernel log. */
export function printk(k: Kernel, level: LogLevel, message: string): void {
  k.emit({ ev: 'log', level, message });
}
