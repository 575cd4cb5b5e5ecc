/** Types as groups of attributes, which the parent's driver shows itself. Source: drivers/vfio/mdev/mdev_sysfs.c, 5.10 */
import { dev_driver_string } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_create_and_add,
  kobject_put,
  kset_create_and_add,
  kset_unregister,
  type KobjType,
} from '../kernel/kobject.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import {
  sysfs_create_file,
  sysfs_create_groups,
  sysfs_remove_file,
  sysfs_remove_groups,
  type Attribute,
} from '../kernel/sysfs.js';
import { mdev_put_parent } from './parent-ref.js';
import { create } from './sysfs.js';
import type { MdevParent, MdevType, MdevTypeAttribute } from './types.js';

/** The directory of the types. */
export const types_kset: Step<MdevParent> = {
  *make(k, parent) {
    const kset = yield* kset_create_and_add(k, 'mdev_supported_types', {}, parent.dev.kobj);
    if (typeof kset === 'number') return -Errno.ENOMEM;
    parent.mdev_types_kset = kset;
    return 0;
  },
  *undo(k, parent) {
    yield* kset_unregister(k, parent.mdev_types_kset!);
  },
};

/** Attributes that the parent has while it is one. */
export const parent_attributes: Step<MdevParent> = {
  make: (k, { dev, ops }) => sysfs_create_groups(k, dev.kobj, ops!.dev_attr_groups ?? []),
  undo: (k, { dev, ops }) => sysfs_remove_groups(k, dev.kobj, ops!.dev_attr_groups ?? []),
};

/** What a type does to its parent while it is there. */
interface TypeEra {
  readonly ktype: KobjType;
  hold(parent: MdevParent): void;
}

/** Nothing. */
const loose: TypeEra = {
  ktype: { name: 'mdev_type_ktype' },
  hold: () => undefined,
};

/** It keeps the parent, until its own last reference is gone. Source: mdev_type_release(), 5.13 */
const holding: TypeEra = {
  ktype: {
    name: 'mdev_type_ktype',
    release: (k, kobj) => mdev_put_parent(k, (kobj.owner as MdevType).parent!),
  },
  hold: (parent) => {
    parent.ref!.get();
  },
};

const file = ({ name, show }: MdevTypeAttribute): Attribute => ({
  name,
  mode: 0o444,
  *show(k, kobj) {
    return show(k, kobj.owner as MdevType);
  },
});

/** The type's own files, in front of the driver's. @returns 0 or -errno */
function* populate(k: Kernel, type: MdevType): MightSleep<number> {
  const kobj = type.kobj!;
  const own = sysfs_create_file(k, kobj, create);
  if (own) return own;
  const devices = yield* kobject_create_and_add(k, 'devices', kobj);
  if (typeof devices === 'number') return -Errno.ENOMEM;
  type.devices_kobj = devices;
  for (const attr of type.group!.attrs) {
    if (!sysfs_create_file(k, kobj, file(attr))) continue;
    yield* kobject_put(k, devices);
    return -Errno.ENOMEM;
  }
  return 0;
}

/** Source: add_mdev_supported_type() @returns 0 or -errno */
function* add_type(
  k: Kernel,
  parent: MdevParent,
  type: MdevType,
  era: TypeEra,
): MightSleep<number> {
  if (type.group!.name === undefined) {
    printk(k, LogLevel.ERR, 'add_mdev_supported_type: Type name empty!');
    return -Errno.EINVAL;
  }
  const dir = `${dev_driver_string(parent.dev)}-${type.group!.name}`;
  const kobj = new Kobject(dir, era.ktype, type);
  kobj.kset = parent.mdev_types_kset;
  type.kobj = kobj;
  type.parent = parent;
  era.hold(parent);
  const error = (yield* kobject_add(k, kobj)) || (yield* populate(k, type));
  if (error) yield* kobject_put(k, kobj);
  return error;
}

/** Source: remove_mdev_supported_type() */
function* remove_type(k: Kernel, type: MdevType): MightSleep<void> {
  const kobj = type.kobj!;
  for (const attr of type.group!.attrs) yield* sysfs_remove_file(k, kobj, file(attr));
  yield* kobject_put(k, type.devices_kobj!);
  yield* sysfs_remove_file(k, kobj, create);
  yield* kobject_put(k, kobj);
}

/** The last type that was made goes first. */
const types_of = (era: TypeEra): Step<MdevParent> => ({
  *make(k, parent) {
    for (const [at, type] of parent.types.entries()) {
      const error = yield* add_type(k, parent, type, era);
      if (!error) continue;
      for (const made of parent.types.slice(0, at).reverse()) yield* remove_type(k, made);
      return error;
    }
    return 0;
  },
  *undo(k, parent) {
    for (const type of [...parent.types].reverse()) yield* remove_type(k, type);
  },
});

export const type_groups = types_of(loose);

/** As {@link type_groups}, and a type keeps its parent. */
export const type_groups_held = types_of(holding);
