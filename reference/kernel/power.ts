import { Errno } from './errno.js';
import type { Attribute, AttributeGroup } from './sysfs.js';

const ro = (name: string, content: string): Attribute => ({
  name,
  mode: 0o444,
  *show() {
    return content;
  },
});

/** Power management of a device without any: what its files say, and that they take no change. */
const rw = (name: string, content: string | number): Attribute => ({
  name,
  mode: 0o644,
  *show() {
    return content;
  },
  *store() {
    return -Errno.EIO;
  },
});

/**
 * The `power` directory that every device has. No device of this model can be suspended.
 * Source: drivers/base/power/sysfs.c, dpm_sysfs_add(), 6.1
 */
export const pm_attr_group: AttributeGroup = {
  name: 'power',
  attrs: [
    rw('async', 'disabled\n'),
    rw('autosuspend_delay_ms', -Errno.EIO),
    rw('control', 'auto\n'),
    ro('runtime_active_kids', '0\n'),
    ro('runtime_active_time', '0\n'),
    ro('runtime_enabled', 'disabled\n'),
    ro('runtime_status', 'unsupported\n'),
    ro('runtime_suspended_time', '0\n'),
    ro('runtime_usage', '0\n'),
  ],
};
