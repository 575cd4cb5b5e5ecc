/** The files of platform devices and their drivers. */
import { driver_attach } from '../kernel/dd.js';
import { kobj_to_dev } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kobject } from '../kernel/kobject.js';
import { kstrtobool } from '../kernel/kstrtox.js';
import { PAGE_SIZE, type Attribute } from '../kernel/sysfs.js';
import type { Reading } from './readings.js';
import { to_platform_device, to_platform_driver } from './types.js';

/** The file of a flag. Source: seed 002, Wood and Bhushan: it is set through sysfs */
const explicit_bind_only = (
  mode: number,
  flagged: (kobj: Kobject) => { explicit_bind_only: boolean },
): Attribute => ({
  name: 'explicit_bind_only',
  mode,
  *show(_k, kobj) {
    return `${Number(flagged(kobj).explicit_bind_only)}\n`;
  },
  *store(_k, kobj, data) {
    const parsed = kstrtobool(data);
    if ('error' in parsed) return parsed.error;
    flagged(kobj).explicit_bind_only = parsed.value;
    return data.length;
  },
});

/** Source: driver_override_show(), driver_override_store(), drivers/base/platform.c, 6.1 */
const driver_override: Attribute = {
  name: 'driver_override',
  mode: 0o644,
  *show(_k, kobj) {
    return `${to_platform_device(kobj_to_dev(kobj)).driver_override ?? '(null)'}\n`;
  },
  *store(k, kobj, data) {
    if (data.length >= PAGE_SIZE - 1) return -Errno.EINVAL;
    const dev = kobj_to_dev(kobj);
    yield* dev.mutex.lock(k);
    to_platform_device(dev).driver_override = data.split('\n', 1)[0] || undefined;
    dev.mutex.unlock(k);
    return data.length;
  },
};

/**
 * A driver learns of another name, and takes what has it and is free. Platform drivers have no such
 * file; seed 002 speaks of it as of any bus. Source: new_id_store(), drivers/pci/pci-driver.c, 6.1
 */
export const new_id: Attribute = {
  name: 'new_id',
  mode: 0o200,
  *store(k, kobj, data) {
    const drv = to_platform_driver(kobj.owner as DeviceDriver);
    const name = data.trim();
    if (name === '') return -Errno.EINVAL;
    if (drv.id_table.includes(name)) return -Errno.EEXIST;
    drv.id_table.push(name);
    yield* driver_attach(k, drv);
    return data.length;
  },
};

export function device_attributes(reading: Reading): readonly Attribute[] {
  const { device_flag: mode } = reading;
  const flag = (kobj: Kobject) => to_platform_device(kobj_to_dev(kobj));
  return [
    ...(reading.driver_override ? [driver_override] : []),
    ...(mode === undefined ? [] : [explicit_bind_only(mode, flag)]),
  ];
}

export function driver_attributes({ driver_flag: mode }: Reading): readonly Attribute[] {
  const flag = (kobj: Kobject) => to_platform_driver(kobj.owner as DeviceDriver);
  return mode === undefined ? [] : [explicit_bind_only(mode, flag)];
}
