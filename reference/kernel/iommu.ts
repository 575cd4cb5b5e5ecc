/** IOMMU groups, as far as devices without an IOMMU have them. Source: drivers/iommu/iommu.c, 6.1 */
import { dev_printk, type Device } from './device.js';
import { Errno } from './errno.js';
import { ERRNO } from './fault-inject.js';
import { Ida } from './ida.js';
import { perKernel, type Kernel } from './kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_create_and_add,
  kobject_get,
  kobject_put,
  type KobjType,
} from './kobject.js';
import { kernel_root } from './ksets.js';
import { LogLevel } from './printk.js';
import type { MightSleep } from './scheduler.js';
import {
  sysfs_create_file,
  sysfs_create_link,
  sysfs_create_link_nowarn,
  sysfs_remove_link,
  type Attribute,
} from './sysfs.js';
import { tracepoint } from './tracepoint.js';

/** Source: struct iommu_group */
export interface IommuGroup {
  readonly id: number;
  readonly kobj: Kobject;
  /** counts the references to the group */
  devices_kobj: Kobject;
  readonly devices: { dev: Device; name: string }[];
}

const iommu = perKernel(() => ({ ida: new Ida(), of: new WeakMap<Device, IommuGroup>() }));

const iommu_group_release = tracepoint(
  'iommu_group_release',
  (kobj: Kobject) => ({ group: kobj.name }),
  function* (k, kobj) {
    iommu(k).ida.free((kobj.owner as { id: number }).id);
  },
);

const iommu_group_ktype: KobjType = {
  name: 'iommu_group_ktype',
  release: (k, kobj) => iommu_group_release(k, kobj),
};

const file = (name: string, mode: number, content: string): Attribute => ({
  name,
  mode,
  *show() {
    return content;
  },
  *store() {
    return -Errno.EINVAL;
  },
});

/** Makes an empty group with the lowest free number. @returns the group, or -errno */
export const iommu_group_alloc = tracepoint(
  'iommu_group_alloc',
  () => ({}),
  function* (k): MightSleep<IommuGroup | number> {
    const id = iommu(k).ida.alloc();
    const kobj = new Kobject(String(id), iommu_group_ktype, { id });
    kobj.kset = kernel_root(k).iommu_group_kset;
    const error = yield* kobject_add(k, kobj);
    if (error) {
      yield* kobject_put(k, kobj);
      return error;
    }
    const devices_kobj = yield* kobject_create_and_add(k, 'devices', kobj);
    yield* kobject_put(k, kobj);
    if (typeof devices_kobj === 'number') return -Errno.ENOMEM;
    sysfs_create_file(k, kobj, file('reserved_regions', 0o444, ''));
    sysfs_create_file(k, kobj, file('type', k.profile.texts.iommuGroupTypeMode, 'unknown\n'));
    return { id, kobj, devices_kobj, devices: [] };
  },
  ERRNO,
);

/** Gives the group a name of its own, shown in its file `name`. */
export function iommu_group_set_name(k: Kernel, group: IommuGroup, name: string): number {
  return sysfs_create_file(k, group.kobj, file('name', 0o444, `${name}\n`));
}

/** Source: iommu_group_ref_get() */
export function iommu_group_ref_get(group: IommuGroup): IommuGroup {
  kobject_get(group.devices_kobj);
  return group;
}

/** The group of a device, with a reference. Source: iommu_group_get() */
export function iommu_group_get(k: Kernel, dev: Device): IommuGroup | undefined {
  const group = iommu(k).of.get(dev);
  return group && iommu_group_ref_get(group);
}

/** Source: iommu_group_put() */
export function iommu_group_put(k: Kernel, group: IommuGroup): MightSleep<void> {
  return kobject_put(k, group.devices_kobj);
}

/** Puts a device into a group. @returns 0 or -errno */
export const iommu_group_add_device = tracepoint(
  'iommu_group_add_device',
  (group: IommuGroup, dev: Device) => ({ group: group.kobj.name, dev: dev.name }),
  function* (k, group, dev) {
    const error = sysfs_create_link(k, dev.kobj, group.kobj, 'iommu_group');
    if (error) {
      const text = `Failed to add to iommu group ${group.id}: ${error}`;
      dev_printk(k, LogLevel.ERR, dev, text);
      return error;
    }
    let name = dev.name;
    for (let i = 0; ; i++) {
      const taken = sysfs_create_link_nowarn(k, group.devices_kobj, dev.kobj, name);
      if (taken !== -Errno.EEXIST) break;
      name = `${dev.name}.${i}`;
    }
    iommu_group_ref_get(group);
    group.devices.push({ dev, name });
    iommu(k).of.set(dev, group);
    dev_printk(k, LogLevel.INFO, dev, `Adding to iommu group ${group.id}`);
    return 0;
  },
  ERRNO,
);

/** Takes a device out of its group; the group goes with its last reference. */
export const iommu_group_remove_device = tracepoint(
  'iommu_group_remove_device',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    const group = iommu(k).of.get(dev);
    if (!group) return;
    dev_printk(k, LogLevel.INFO, dev, `Removing from iommu group ${group.id}`);
    const at = group.devices.findIndex((each) => each.dev === dev);
    const [entry] = group.devices.splice(at, 1);
    sysfs_remove_link(k, group.devices_kobj, entry!.name);
    sysfs_remove_link(k, dev.kobj, 'iommu_group');
    iommu(k).of.delete(dev);
    yield* iommu_group_put(k, group);
  },
);
