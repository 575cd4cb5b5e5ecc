/** The life of a device in sysfs: where it goes, what is made for it, and in which order it all goes again. */
import { bus_add_device, bus_probe_device, bus_remove_device } from './bus.js';
import { driver_deferred_probe_del } from './deferred-probe.js';
import { type Device, dev_printk, get_device, kobj_to_dev, put_device } from './device.js';
import { Errno } from './errno.js';
import { ERRNO } from './fault-inject.js';
import type { Kernel } from './kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_del,
  kobject_get,
  kobject_has_children,
  kobject_put,
  type KobjType,
} from './kobject.js';
import { dev_uevent, device_node, kernel_root } from './ksets.js';
import { pm_attr_group } from './power.js';
import { LogLevel } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { kobject_synth_uevent } from './synth-uevent.js';
import {
  sysfs_create_file,
  sysfs_create_groups,
  sysfs_create_link,
  sysfs_remove_file,
  sysfs_remove_file_self,
  sysfs_remove_groups,
  sysfs_remove_link,
  type Attribute,
} from './sysfs.js';
import { tracepoint } from './tracepoint.js';
import { kobject_uevent } from './uevent.js';

const dev_attr_uevent: Attribute = {
  name: 'uevent',
  mode: 0o644,
  *show(k, kobj) {
    const dev = kobj_to_dev(kobj);
    if (!dev.bus && !dev.class) return '';
    const locks = k.profile.driverCore.ueventShowLocks;
    if (locks) yield* dev.mutex.lock(k);
    const numbers = dev.devt ? { MAJOR: dev.devt.major, MINOR: dev.devt.minor } : {};
    const env = { ...numbers, ...dev_uevent(dev) };
    if (locks) dev.mutex.unlock(k);
    return Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  },
  *store(k, kobj, data) {
    const error = kobject_synth_uevent(k, kobj, data);
    if (!error) return data.length;
    dev_printk(k, LogLevel.ERR, kobj_to_dev(kobj), k.profile.texts.synthUeventFailed(error));
    return error;
  },
};

const dev_attr_dev: Attribute = {
  name: 'dev',
  mode: 0o444,
  *show(_k, kobj) {
    const { major, minor } = kobj_to_dev(kobj).devt!;
    return `${major}:${minor}\n`;
  },
};

const class_dir_ktype: KobjType = { name: 'class_dir_ktype' };

/**
 * The directory a device belongs in. Devices of a class without a parent of a class get a
 * directory of that class between, made when the first one comes.
 * Source: get_device_parent(), drivers/base/core.c, 6.1
 */
function* get_device_parent(k: Kernel, dev: Device): MightSleep<Kobject | number | undefined> {
  const cls = dev.class;
  if (!cls) return dev.parent?.kobj;
  if (dev.parent?.class) return dev.parent.kobj;
  const above = dev.parent?.kobj ?? kernel_root(k).virtual;
  const made = cls.glue_dirs.find((dir) => dir.parent === above);
  if (made) return kobject_get(made);
  const dir = new Kobject(cls.name, class_dir_ktype, cls);
  const error = yield* kobject_add(k, dir, above);
  if (error) {
    yield* kobject_put(k, dir);
    return error;
  }
  cls.glue_dirs.push(dir);
  return dir;
}

const is_glue_dir = (kobj: Kobject | undefined): kobj is Kobject => kobj?.ktype === class_dir_ktype;

/** Source: cleanup_glue_dir() */
function* cleanup_glue_dir(k: Kernel, dev: Device, dir: Kobject | undefined): MightSleep<void> {
  if (!is_glue_dir(dir)) return;
  if (!kobject_has_children(dir) && dir.ref.value === 1) {
    const dirs = dev.class!.glue_dirs;
    dirs.splice(dirs.indexOf(dir), 1);
    yield* kobject_del(k, dir);
  }
  yield* kobject_put(k, dir);
}

/** Source: device_add_class_symlinks() */
function device_add_class_symlinks(k: Kernel, dev: Device): number {
  const subsys = dev.class?.subsys.kobj;
  if (!subsys) return 0;
  const error = sysfs_create_link(k, dev.kobj, subsys, 'subsystem');
  if (error) return error;
  if (dev.parent) {
    const failed = sysfs_create_link(k, dev.kobj, dev.parent.kobj, 'device');
    if (failed) {
      sysfs_remove_link(k, dev.kobj, 'subsystem');
      return failed;
    }
  }
  const failed = sysfs_create_link(k, subsys, dev.kobj, dev.name);
  if (failed) {
    if (dev.parent) sysfs_remove_link(k, dev.kobj, 'device');
    sysfs_remove_link(k, dev.kobj, 'subsystem');
  }
  return failed;
}

/** Source: device_remove_class_symlinks() */
function device_remove_class_symlinks(k: Kernel, dev: Device): void {
  if (!dev.class) return;
  if (dev.parent) sysfs_remove_link(k, dev.kobj, 'device');
  sysfs_remove_link(k, dev.kobj, 'subsystem');
  sysfs_remove_link(k, dev.class.subsys.kobj, dev.name);
}

/** The node below /dev. Source: devtmpfs_create_node(), drivers/base/devtmpfs.c, 6.1 */
function devtmpfs_create_node(k: Kernel, dev: Device): void {
  const { name, mode } = device_node(dev);
  const parts = name.split('/');
  const dir = parts
    .slice(0, -1)
    .reduce((at, part) => at.lookup(part) ?? at.mkdir(part)!, k.devtmpfs);
  dir.mknod(parts.at(-1)!, mode ?? 0o600, dev.devt);
}

/** Source: devtmpfs_delete_node(); a directory goes with its last node */
function devtmpfs_delete_node(k: Kernel, dev: Device): void {
  const path = device_node(dev).name.split('/');
  let node = path.reduce((at: typeof k.devtmpfs | undefined, part) => at?.lookup(part), k.devtmpfs);
  while (node?.parent) {
    const dir = node.parent;
    node.unlink();
    node = dir.children.size === 0 ? dir : undefined;
  }
}

const char_link = (dev: Device): string => `${dev.devt!.major}:${dev.devt!.minor}`;

/** What a device gets, in the order in which it gets it, and how each is taken back. */
interface Part {
  make(k: Kernel, dev: Device): MightSleep<number>;
  undo(k: Kernel, dev: Device): MightSleep<void>;
}

const uevent_file: Part = {
  *make(k, dev) {
    return sysfs_create_file(k, dev.kobj, dev_attr_uevent);
  },
  undo: (k, dev) => sysfs_remove_file(k, dev.kobj, dev_attr_uevent),
};

const class_symlinks: Part = {
  *make(k, dev) {
    return device_add_class_symlinks(k, dev);
  },
  *undo(k, dev) {
    device_remove_class_symlinks(k, dev);
  },
};

const attrs: Part = {
  make: (k, dev) => sysfs_create_groups(k, dev.kobj, dev.groups),
  undo: (k, dev) => sysfs_remove_groups(k, dev.kobj, dev.groups),
};

const on_bus: Part = { make: bus_add_device, undo: bus_remove_device };

const power: Part = {
  make: (k, dev) => sysfs_create_groups(k, dev.kobj, [pm_attr_group]),
  undo: (k, dev) => sysfs_remove_groups(k, dev.kobj, [pm_attr_group]),
};

const device_number: Part = {
  *make(k, dev) {
    if (!dev.devt) return 0;
    const error = sysfs_create_file(k, dev.kobj, dev_attr_dev);
    if (error) return error;
    const link = sysfs_create_link(k, kernel_root(k).sysfs_dev_char, dev.kobj, char_link(dev));
    if (!link) devtmpfs_create_node(k, dev);
    return link;
  },
  *undo(k, dev) {
    if (!dev.devt) return;
    devtmpfs_delete_node(k, dev);
    sysfs_remove_link(k, kernel_root(k).sysfs_dev_char, char_link(dev));
    yield* sysfs_remove_file(k, dev.kobj, dev_attr_dev);
  },
};

const ADDED = [uevent_file, class_symlinks, attrs, on_bus, power, device_number];
const DELETED = [device_number, class_symlinks, uevent_file, attrs, on_bus];

/** Makes the parts in order; a failure takes back those made, newest first. */
function* make_parts(k: Kernel, dev: Device): MightSleep<number> {
  for (const [at, part] of ADDED.entries()) {
    const error = yield* part.make(k, dev);
    if (!error) continue;
    for (const made of ADDED.slice(0, at).reverse()) yield* made.undo(k, dev);
    return error;
  }
  return 0;
}

/**
 * Puts a device into sysfs, announces it, and offers it to the drivers of its bus.
 * @returns 0 or -errno
 * Source: device_add(), drivers/base/core.c, 6.1
 */
export const device_add = tracepoint(
  'device_add',
  (dev: Device) => ({
    dev: dev.name,
    ...(dev.bus ? { bus: dev.bus.name } : {}),
    ...(dev.parent ? { parent: dev.parent.name } : {}),
  }),
  function* (k, dev) {
    if (!dev.name) return -Errno.EINVAL;
    dev.kobj.kset = kernel_root(k).devices_kset;
    if (dev.parent) get_device(dev.parent);
    const above = yield* get_device_parent(k, dev);
    const error = typeof above === 'number' ? above : yield* add_below(k, dev, above);
    if (error) {
      if (dev.parent) yield* put_device(k, dev.parent);
      return error;
    }
    dev.registered = true;
    kobject_uevent(k, dev.kobj, 'add');
    yield* bus_probe_device(k, dev);
    dev.parent?.children.push(dev);
    return 0;
  },
  ERRNO,
);

function* add_below(k: Kernel, dev: Device, above: Kobject | undefined): MightSleep<number> {
  const added = yield* kobject_add(k, dev.kobj, above);
  if (added) {
    yield* cleanup_glue_dir(k, dev, above);
    return added;
  }
  const error = yield* make_parts(k, dev);
  if (error) {
    kobject_uevent(k, dev.kobj, 'remove');
    yield* kobject_del(k, dev.kobj);
    yield* cleanup_glue_dir(k, dev, above);
  }
  return error;
}

/**
 * Takes a device away: out of sysfs, off its bus, away from its driver. References stay.
 * Source: device_del(), drivers/base/core.c, 6.1
 */
export const device_del = tracepoint(
  'device_del',
  (dev: Device) => ({ dev: dev.name }),
  function* (k, dev) {
    yield* dev.mutex.lock(k);
    dev.dead = true;
    dev.mutex.unlock(k);
    yield* power.undo(k, dev);
    const siblings = dev.parent?.children ?? [];
    // A device that goes while it is still being added is not among them yet.
    const place = siblings.indexOf(dev);
    if (place >= 0) siblings.splice(place, 1);
    for (const part of DELETED) yield* part.undo(k, dev);
    driver_deferred_probe_del(k, dev);
    kobject_uevent(k, dev.kobj, 'remove');
    const above = dev.kobj.parent;
    yield* kobject_del(k, dev.kobj);
    yield* cleanup_glue_dir(k, dev, above);
    dev.registered = false;
    if (dev.parent) yield* put_device(k, dev.parent);
  },
);

/** Source: device_register() @returns 0 or -errno; the caller gives its reference back either way */
export const device_register = device_add;

/** As {@link device_register}; a device that can't be added is given back, as most callers do. */
export function* device_register_or_put(k: Kernel, dev: Device): MightSleep<number> {
  const error = yield* device_register(k, dev);
  if (error) yield* put_device(k, dev);
  return error;
}

/** Source: device_unregister() */
export function* device_unregister(k: Kernel, dev: Device): MightSleep<void> {
  yield* device_del(k, dev);
  yield* put_device(k, dev);
}

/**
 * Removes an attribute from inside its own store.
 * @returns true for the one caller who wins
 * Source: device_remove_file_self(), drivers/base/core.c, 6.1
 */
export const device_remove_file_self = tracepoint(
  'device_remove_file_self',
  (dev: Device, attr: Attribute) => ({ dev: dev.name, attr: attr.name }),
  (k, dev, attr) => sysfs_remove_file_self(k, dev.kobj, attr),
);
