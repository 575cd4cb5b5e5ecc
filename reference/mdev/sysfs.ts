/** The files of types and devices. Source: drivers/vfio/mdev/mdev_sysfs.c, 6.1 */
import { device_remove_file_self } from '../kernel/core.js';
import { dev_driver_string, get_device, kobj_to_dev, put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_create_and_add,
  kobject_del,
  kobject_put,
  kset_create_and_add,
  kset_unregister,
  type KobjType,
} from '../kernel/kobject.js';
import { kstrtoull } from '../kernel/kstrtox.js';
import type { MightSleep } from '../kernel/scheduler.js';
import {
  sysfs_create_link,
  sysfs_remove_link,
  type Attribute,
  type AttributeGroup,
} from '../kernel/sysfs.js';
import { failpointAtomic } from '../kernel/tracepoint.js';
import { mdev_device_remove } from './core.js';
import {
  to_mdev_device,
  type MdevDevice,
  type MdevDriver,
  type MdevParent,
  type MdevType,
} from './types.js';

/** Source: UUID_STRING_LEN, include/linux/uuid.h */
const UUID_STRING_LEN = 36;
/** Source: uuid_is_valid(), lib/uuid.c: no version, no variant, either case */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const type_of = (kobj: Kobject): MdevType => kobj.owner as MdevType;
const driver_of = (kobj: Kobject): MdevDriver => type_of(kobj).parent!.mdev_driver!;

/** 36 characters make a uuid; one more may follow, usually a newline, and isn't looked at. */
export const create: Attribute = {
  name: 'create',
  mode: 0o200,
  *store(k, kobj, data) {
    if (data.length !== UUID_STRING_LEN && data.length !== UUID_STRING_LEN + 1) {
      return -Errno.EINVAL;
    }
    const uuid = data.slice(0, UUID_STRING_LEN);
    if (!UUID.test(uuid)) return -Errno.EINVAL;
    const { mdev_device_create } = k.profile.mdev;
    const error = yield* mdev_device_create(k, type_of(kobj), uuid.toLowerCase());
    return error || data.length;
  },
};

const shown = (name: string, show: (k: Kernel, kobj: Kobject) => string): Attribute => ({
  name,
  mode: 0o444,
  *show(k, kobj) {
    return show(k, kobj);
  },
});

const device_api = shown('device_api', (_k, kobj) => `${driver_of(kobj).device_api}\n`);

const name = shown('name', (_k, kobj) => {
  const type = type_of(kobj);
  return `${type.pretty_name ?? type.sysfs_name}\n`;
});

const available_instances = shown('available_instances', (k, kobj) => {
  const type = type_of(kobj);
  const { get_available } = driver_of(kobj);
  const count = get_available ? get_available(k, type) : type.parent!.available_instances;
  return `${count >>> 0}\n`;
});

const description = shown('description', (k, kobj) =>
  driver_of(kobj).show_description!(k, type_of(kobj)),
);

const mdev_type_group: AttributeGroup = {
  attrs: [create, device_api, name, available_instances, description],
  is_visible: (kobj, attr) => attr !== description || !!driver_of(kobj).show_description,
};

const mdev_type_ktype: KobjType = {
  name: 'mdev_type_ktype',
  default_groups: [mdev_type_group],
  *release(k, kobj) {
    yield* put_device(k, type_of(kobj).parent!.dev);
  },
};

/** Source: mdev_type_add() @returns 0 or -errno */
function* mdev_type_add(k: Kernel, parent: MdevParent, type: MdevType): MightSleep<number> {
  const dir = `${dev_driver_string(parent.dev)}-${type.sysfs_name}`;
  const kobj = new Kobject(dir, mdev_type_ktype, type);
  kobj.kset = parent.mdev_types_kset;
  type.parent = parent;
  type.kobj = kobj;
  get_device(parent.dev);
  const error = yield* kobject_add(k, kobj);
  if (error) {
    yield* kobject_put(k, kobj);
    return error;
  }
  const devices = yield* kobject_create_and_add(k, 'devices', kobj);
  if (typeof devices === 'number') {
    yield* kobject_del(k, kobj);
    yield* kobject_put(k, kobj);
    return -Errno.ENOMEM;
  }
  type.devices_kobj = devices;
  return 0;
}

/** Source: mdev_type_remove() */
function* mdev_type_remove(k: Kernel, type: MdevType): MightSleep<void> {
  yield* kobject_put(k, type.devices_kobj!);
  yield* kobject_del(k, type.kobj!);
  yield* kobject_put(k, type.kobj!);
}

/**
 * Makes `mdev_supported_types` with a directory for each type.
 * @returns 0; -ENOMEM if the directory can't be made, else the first type's error
 */
export function* parent_create_sysfs_files(k: Kernel, parent: MdevParent): MightSleep<number> {
  const kset = yield* kset_create_and_add(k, 'mdev_supported_types', {}, parent.dev.kobj);
  if (typeof kset === 'number') return -Errno.ENOMEM;
  parent.mdev_types_kset = kset;
  for (const [at, type] of parent.types.entries()) {
    const error = yield* mdev_type_add(k, parent, type);
    if (!error) continue;
    for (const made of parent.types.slice(0, at).reverse()) yield* mdev_type_remove(k, made);
    yield* kset_unregister(k, kset);
    return error;
  }
  return 0;
}

/** Takes the types' directories away, first registered first. */
export function* parent_remove_sysfs_files(k: Kernel, parent: MdevParent): MightSleep<void> {
  for (const type of parent.types) yield* mdev_type_remove(k, type);
  yield* kset_unregister(k, parent.mdev_types_kset!);
}

/**
 * Any number but 0 removes the device. The file is gone before it is known whether the device can
 * be removed, and doesn't come back.
 */
export const remove: Attribute = {
  name: 'remove',
  mode: 0o200,
  *store(k, kobj, data) {
    const parsed = kstrtoull(data);
    if ('error' in parsed) return -Errno.EINVAL;
    const dev = kobj_to_dev(kobj);
    if (parsed.value !== 0n && (yield* device_remove_file_self(k, dev, remove))) {
      const error = yield* mdev_device_remove(k, to_mdev_device(dev));
      if (error) return error;
    }
    return data.length;
  },
};

export const mdev_device_groups: readonly AttributeGroup[] = [{ attrs: [remove] }];

/** Links a bound device and its type to each other. @returns 0 or -errno */
export const mdev_create_sysfs_files = failpointAtomic(
  'mdev_create_sysfs_files',
  (mdev: MdevDevice) => ({ dev: mdev.dev.name }),
  (k, mdev) => {
    const { devices_kobj, kobj } = mdev.type;
    const error = sysfs_create_link(k, devices_kobj!, mdev.dev.kobj, mdev.dev.name);
    if (error) return error;
    const link = sysfs_create_link(k, mdev.dev.kobj, kobj!, 'mdev_type');
    if (link) sysfs_remove_link(k, devices_kobj!, mdev.dev.name);
    return link;
  },
);

/** Source: mdev_remove_sysfs_files() */
export function mdev_remove_sysfs_files(k: Kernel, mdev: MdevDevice): void {
  sysfs_remove_link(k, mdev.dev.kobj, 'mdev_type');
  sysfs_remove_link(k, mdev.type.devices_kobj!, mdev.dev.name);
}
