import { dev_printk, type Device } from '../../kernel/device.js';
import type { Kernel } from '../../kernel/kernel.js';
import { perKernel } from '../../kernel/kernel.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import { RateLimit } from '../../kernel/rate-limit.js';
import type { CcwPrivate } from './private.js';

/** Source: VFIO_CCW_REQ_IRQ_INDEX, include/uapi/linux/vfio.h */
export const REQ_IRQ_INDEX = 2;

const relaying = perKernel((k) => new RateLimit('vfio_ccw_mdev_request', () => k.sched.now));

/**
 * Somebody waits for the device: user space is told, if it gave an eventfd for that, and every tenth
 * time the log; else the log is told once.
 * Source: vfio_ccw_mdev_request(), drivers/s390/cio/vfio_ccw_ops.c, 5.13 and 6.1
 */
export function vfio_ccw_mdev_request(k: Kernel, dev: Device, p: CcwPrivate, count: number): void {
  const log = {
    pr: (level: LogLevel, message: string) => {
      printk(k, level, message);
    },
  };
  const channel = p.triggers.get(REQ_IRQ_INDEX);
  if (channel) {
    if (count % 10 === 0 && relaying(k).allows(log)) {
      dev_printk(k, LogLevel.NOTICE, dev, `Relaying device request to user (#${count})`);
    }
    channel.signal();
  } else if (count === 0) {
    const text = 'No device request channel registered, blocked until released by user';
    dev_printk(k, LogLevel.NOTICE, dev, text);
  }
}
