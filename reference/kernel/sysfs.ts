import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import type { Kobject } from './kobject.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { kobject_get_path } from './uevent.js';

/** An attribute file. `show` and `store` get the object that the directory belongs to. */
export interface Attribute {
  readonly name: string;
  readonly mode: number;
  show?(k: Kernel, kobj: Kobject): MightSleep<string | number>;
  store?(k: Kernel, kobj: Kobject, data: string): MightSleep<number>;
}

/** Attributes that come and go together, in a directory of their own if they have a name. */
export interface AttributeGroup {
  readonly name?: string;
  readonly attrs: readonly Attribute[];
  is_visible?(kobj: Kobject, attr: Attribute): boolean;
}

/** Source: PAGE_SIZE on x86-64; the most that one write or read of an attribute moves */
export const PAGE_SIZE = 4096;

const path = (kobj: Kobject): string => `/sys${kobject_get_path(kobj)}`;

/** Device numbers differ from machine to machine; the trace shows what is the same. */
const traced = (name: string): string =>
  name.replace(/^(\/sys\/dev\/(?:char|block))\/\d+:\d+$/, '$1/<major>:<minor>');

/** Source: sysfs_warn_dup(), fs/sysfs/dir.c, 6.1 */
function sysfs_warn_dup(k: Kernel, parent: KernfsNode, name: string): number {
  const at = `${parent.path.slice('/sys'.length)}/${name}`;
  printk(k, LogLevel.WARNING, `sysfs: cannot create duplicate filename '${at}'`);
  return -Errno.EEXIST;
}

/** Makes an object's directory. @returns 0 or -errno. Source: sysfs_create_dir_ns() */
export function sysfs_create_dir(k: Kernel, kobj: Kobject): number {
  const parent = kobj.parent ? kobj.parent.sd : k.sysfs;
  if (!parent || parent.removed) return -Errno.ENOENT;
  kobj.sd = parent.mkdir(kobj.name);
  if (!kobj.sd) return sysfs_warn_dup(k, parent, kobj.name);
  kobj.sd.priv = kobj;
  k.emit({ ev: 'sysfs', change: '+', path: path(kobj) });
  return 0;
}

/** Removes an object's directory with all in it. Source: sysfs_remove_dir() */
export function* sysfs_remove_dir(k: Kernel, kobj: Kobject): MightSleep<void> {
  const node = kobj.sd;
  if (!node) return;
  k.emit({ ev: 'sysfs', change: '-', path: path(kobj) });
  kobj.sd = undefined;
  yield* node.remove(k);
}

/** Links `name` in an object's directory to another object. Source: sysfs_create_link() */
export function sysfs_create_link(k: Kernel, kobj: Kobject, target: Kobject, name: string): number {
  const error = sysfs_create_link_nowarn(k, kobj, target, name);
  return error === -Errno.EEXIST ? sysfs_warn_dup(k, kobj.sd!, name) : error;
}

/** As {@link sysfs_create_link}, without the warning. Source: sysfs_create_link_nowarn() */
export function sysfs_create_link_nowarn(
  k: Kernel,
  kobj: Kobject,
  target: Kobject,
  name: string,
): number {
  if (!kobj.sd || !target.sd || kobj.sd.removed) return -Errno.ENOENT;
  if (!kobj.sd.symlink(name, target.sd)) return -Errno.EEXIST;
  k.emit({ ev: 'sysfs', change: '+', path: traced(`${path(kobj)}/${name}`) });
  return 0;
}

/** Removes a link, if it is there. Source: sysfs_remove_link(), sysfs_delete_link() */
export function sysfs_remove_link(k: Kernel, kobj: Kobject, name: string): void {
  const node = kobj.sd?.lookup(name);
  if (!node) return;
  k.emit({ ev: 'sysfs', change: '-', path: traced(`${path(kobj)}/${name}`) });
  node.unlink();
}

function add_file(k: Kernel, kobj: Kobject, dir: KernfsNode, attr: Attribute): number {
  const node = dir.mkfile(attr.name, attr.mode, {
    *read(k) {
      return attr.show ? yield* attr.show(k, kobj) : -Errno.EIO;
    },
    *write(k, data) {
      return attr.store ? yield* attr.store(k, kobj, data) : -Errno.EIO;
    },
  });
  return node ? 0 : sysfs_warn_dup(k, dir, attr.name);
}

/** Adds one attribute file. @returns 0 or -errno. Source: sysfs_create_file_ns() */
export function sysfs_create_file(k: Kernel, kobj: Kobject, attr: Attribute): number {
  return kobj.sd ? add_file(k, kobj, kobj.sd, attr) : -Errno.ENOENT;
}

/** Removes whatever has the attribute's name, waiting for its users. Source: kernfs_remove_by_name() */
function* remove_by_name(k: Kernel, dir: KernfsNode | undefined, name: string): MightSleep<void> {
  const node = dir?.lookup(name);
  if (node) yield* node.remove(k);
}

/** Removes one attribute file. Source: sysfs_remove_file_ns() */
export function* sysfs_remove_file(k: Kernel, kobj: Kobject, attr: Attribute): MightSleep<void> {
  yield* remove_by_name(k, kobj.sd, attr.name);
}

/**
 * Removes an attribute from inside its own store.
 * @returns true for the one caller that removed it
 * Source: sysfs_remove_file_self(), fs/sysfs/file.c, 6.1
 */
export function* sysfs_remove_file_self(
  k: Kernel,
  kobj: Kobject,
  attr: Attribute,
): MightSleep<boolean> {
  const node = kobj.sd?.lookup(attr.name);
  return node ? yield* node.removeSelf(k) : false;
}

const visible = (kobj: Kobject, group: AttributeGroup): readonly Attribute[] =>
  group.is_visible ? group.attrs.filter((a) => group.is_visible!(kobj, a)) : group.attrs;

/**
 * Adds a group of attributes. If one of them can't be made, all names of the group are removed
 * again, whosever they are: that is how a foreign directory can vanish.
 * Source: internal_create_group(), create_files(), remove_files(), fs/sysfs/group.c, 6.1
 */
export function* sysfs_create_group(
  k: Kernel,
  kobj: Kobject,
  group: AttributeGroup,
): MightSleep<number> {
  let dir = kobj.sd;
  if (!dir) return -Errno.ENOENT;
  if (group.name !== undefined) {
    const made = dir.mkdir(group.name);
    if (!made) return sysfs_warn_dup(k, dir, group.name);
    dir = made;
  }
  for (const attr of visible(kobj, group)) {
    const error = add_file(k, kobj, dir, attr);
    if (!error) continue;
    for (const each of group.attrs) yield* remove_by_name(k, dir, each.name);
    if (group.name !== undefined) yield* dir.remove(k);
    return error;
  }
  return 0;
}

/** Removes a group of attributes. Source: sysfs_remove_group() */
export function* sysfs_remove_group(
  k: Kernel,
  kobj: Kobject,
  group: AttributeGroup,
): MightSleep<void> {
  let dir = kobj.sd;
  if (group.name !== undefined) {
    dir = dir?.lookup(group.name);
    if (!dir) {
      if (k.profile.texts.warnsOfMissingGroup) {
        printk(
          k,
          LogLevel.WARNING,
          `sysfs group '${group.name}' not found for kobject '${kobj.name}'`,
        );
      }
      return;
    }
  }
  for (const attr of group.attrs) yield* remove_by_name(k, dir, attr.name);
  if (group.name !== undefined) yield* dir!.remove(k);
}

/** Adds groups in order; a failure removes those already made. Source: internal_create_groups() */
export function* sysfs_create_groups(
  k: Kernel,
  kobj: Kobject,
  groups: readonly AttributeGroup[],
): MightSleep<number> {
  for (const [at, group] of groups.entries()) {
    const error = yield* sysfs_create_group(k, kobj, group);
    if (!error) continue;
    for (const made of groups.slice(0, at).reverse()) yield* sysfs_remove_group(k, kobj, made);
    return error;
  }
  return 0;
}

/** Source: sysfs_remove_groups() */
export function* sysfs_remove_groups(
  k: Kernel,
  kobj: Kobject,
  groups: readonly AttributeGroup[],
): MightSleep<void> {
  for (const group of groups) yield* sysfs_remove_group(k, kobj, group);
}
