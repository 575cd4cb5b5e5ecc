import type { LogLevel } from '../kernel/printk.js';

/** Where a device's code writes its messages, as complete lines without the newline. */
export interface DeviceLog {
  /** pr_info() and its sisters: the text stands alone. */
  pr(level: LogLevel, message: string): void;
  /** dev_info() and its sisters: whoever supplies this puts "<driver> <device>: " before the text. */
  dev(level: LogLevel, message: string): void;
}
