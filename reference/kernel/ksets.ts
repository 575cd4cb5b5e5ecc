import type { Bus } from './bus.js';
import { device_ktype, kobj_to_dev, type Device } from './device.js';
import { perKernel, type Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { Kobject, Kset, type KobjType } from './kobject.js';
import { type UeventEnv, type UeventOps } from './uevent.js';

const root_ktype: KobjType = { name: 'kset_ktype' };

export const bus_ktype: KobjType = { name: 'bus_ktype' };

/** Source: dev_uevent_filter(), dev_uevent_name(), dev_uevent(), drivers/base/core.c, 6.1 */
const device_uevent_ops: UeventOps = {
  filter: (kobj) => {
    if (kobj.ktype !== device_ktype) return false;
    const dev = kobj_to_dev(kobj);
    return dev.bus !== undefined || dev.class !== undefined;
  },
  name: (kobj) => {
    const dev = kobj_to_dev(kobj);
    return dev.bus?.name ?? dev.class?.name;
  },
  uevent: (_k, kobj, env) => {
    Object.assign(env, dev_uevent(kobj_to_dev(kobj)));
  },
};

/** The variables of a device, beside SUBSYSTEM; MAJOR and MINOR are left out of the trace. */
export function dev_uevent(dev: Device): UeventEnv {
  const env: UeventEnv = {};
  if (dev.devt) {
    const node = device_node(dev);
    env['DEVNAME'] = node.name;
    if (node.mode !== undefined) env['DEVMODE'] = `0${node.mode.toString(8)}`;
  }
  if (dev.driver) env['DRIVER'] = dev.driver.name;
  return { ...env, ...dev.bus?.uevent?.(dev) };
}

/** Where a device's node is below /dev, and its mode if its class gives one. */
export function device_node(dev: Device): { name: string; mode: number | undefined } {
  const node = dev.class?.devnode?.(dev);
  return { name: node?.name ?? dev.name, mode: node?.mode };
}

/** Source: bus_uevent_filter(), drivers/base/bus.c, 6.1 */
const bus_uevent_ops: UeventOps = { filter: (kobj) => kobj.ktype === bus_ktype };

/** The directories that are there before any module is loaded. */
export interface KernelRoot {
  readonly devices_kset: Kset;
  readonly virtual: Kobject;
  readonly class_kset: Kset;
  readonly bus_kset: Kset;
  readonly module_kset: Kset;
  readonly iommu_group_kset: Kset;
  /** /sys/dev/char */
  readonly sysfs_dev_char: Kobject;
  readonly buses: Map<string, Bus>;
}

/** A directory of the boot, made without events. */
function boot_dir(parent: KernfsNode, name: string, above?: Kobject): Kobject {
  const kobj = new Kobject(name, root_ktype);
  kobj.sd = parent.mkdir(name)!;
  kobj.sd.priv = kobj;
  kobj.parent = above;
  return kobj;
}

/** What a booted machine has in sysfs. Source: driver_init(), drivers/base/init.c, 6.1 */
export const kernel_root: (k: Kernel) => KernelRoot = perKernel((k) => {
  const kset = (name: string, ops: UeventOps = {}): Kset => new Kset(boot_dir(k.sysfs, name), ops);
  const devices_kset = kset('devices', device_uevent_ops);
  const kernel = boot_dir(k.sysfs, 'kernel');
  const groups = new Kset(boot_dir(kernel.sd!, 'iommu_groups', kernel));
  kernel.sd!.mkdir('debug');
  const dev = boot_dir(k.sysfs, 'dev');
  return {
    devices_kset,
    virtual: boot_dir(devices_kset.kobj.sd!, 'virtual', devices_kset.kobj),
    class_kset: kset('class'),
    bus_kset: kset('bus', bus_uevent_ops),
    module_kset: kset('module'),
    iommu_group_kset: groups,
    sysfs_dev_char: boot_dir(dev.sd!, 'char', dev),
    buses: new Map(),
  };
});
