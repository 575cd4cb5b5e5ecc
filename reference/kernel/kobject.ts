import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';
import { LogLevel, printk } from './printk.js';
import { Refcount } from './refcount.js';
import type { MightSleep } from './scheduler.js';
import {
  sysfs_create_dir,
  sysfs_create_groups,
  sysfs_remove_dir,
  type AttributeGroup,
} from './sysfs.js';
import { kobject_uevent, type UeventOps } from './uevent.js';

/** What objects of one kind have in common. Source: struct kobj_type, include/linux/kobject.h, 6.1 */
export interface KobjType {
  readonly name: string;
  readonly default_groups?: readonly AttributeGroup[];
  release?(k: Kernel, kobj: Kobject): MightSleep<void>;
}

/** A named, counted object with a directory in sysfs. Source: lib/kobject.c, 6.1 */
export class Kobject {
  readonly ref: Refcount;
  parent: Kobject | undefined;
  kset: Kset | undefined;
  sd: KernfsNode | undefined;
  state_add_uevent_sent = false;
  state_remove_uevent_sent = false;

  /** @param owner what the object is part of, for its kind's callbacks and attributes */
  constructor(
    public name: string,
    readonly ktype: KobjType,
    readonly owner?: unknown,
  ) {
    this.ref = new Refcount(name);
  }
}

/** A set of objects that share a subsystem's name and its rules for uevents. */
export class Kset {
  constructor(
    readonly kobj: Kobject,
    readonly uevent_ops: UeventOps = {},
  ) {}
}

/** Takes a reference. */
export function kobject_get(kobj: Kobject): Kobject {
  kobj.ref.get();
  return kobj;
}

/** Gives a reference back; the last one takes the object out of sysfs and releases it. */
export function* kobject_put(k: Kernel, kobj: Kobject): MightSleep<void> {
  if (!kobj.ref.put()) return;
  k.live.delete(kobj.ref);
  const parent = yield* take_down(k, kobj);
  if (kobj.ktype.release) yield* kobj.ktype.release(k, kobj);
  if (parent) yield* kobject_put(k, parent);
}

/**
 * Adds an object to its parent's directory, with the attributes of its kind.
 * @param parent where; else the head of its kset
 * @returns 0 or -errno; -EEXIST is logged, as the kernel does
 * Source: kobject_add_internal(), create_dir()
 */
export function* kobject_add(k: Kernel, kobj: Kobject, parent?: Kobject): MightSleep<number> {
  kobj.parent = parent ?? kobj.kset?.kobj;
  if (kobj.parent) kobject_get(kobj.parent);
  const error = sysfs_create_dir(k, kobj) || (yield* populate(k, kobj));
  k.live.set(kobj.ref, kobj);
  if (!error) return 0;
  const at = kobj.parent;
  kobj.parent = undefined;
  if (at) yield* kobject_put(k, at);
  const prefix = k.profile.texts.kobjectPrefix;
  printk(
    k,
    LogLevel.ERR,
    error === -Errno.EEXIST
      ? `${prefix}kobject_add_internal failed for ${kobj.name} with -EEXIST, don't try to register things with the same name in the same directory.`
      : `${prefix}kobject_add_internal failed for ${kobj.name} (error: ${error} parent: ${at?.name ?? 'none'})`,
  );
  return error;
}

function* populate(k: Kernel, kobj: Kobject): MightSleep<number> {
  const error = yield* sysfs_create_groups(k, kobj, kobj.ktype.default_groups ?? []);
  if (error) yield* sysfs_remove_dir(k, kobj);
  return error;
}

/** Takes an object out of sysfs; its references stay. Source: kobject_del() */
export function* kobject_del(k: Kernel, kobj: Kobject): MightSleep<void> {
  const parent = yield* take_down(k, kobj);
  if (parent) yield* kobject_put(k, parent);
}

/** @returns the parent, whose reference the caller gives back. Source: __kobject_del() */
function* take_down(k: Kernel, kobj: Kobject): MightSleep<Kobject | undefined> {
  if (kobj.state_add_uevent_sent && !kobj.state_remove_uevent_sent)
    kobject_uevent(k, kobj, 'remove');
  yield* sysfs_remove_dir(k, kobj);
  const parent = kobj.parent;
  kobj.parent = undefined;
  return parent;
}

/** Whether anything has a directory below this one's. Source: kobject_has_children() */
export function kobject_has_children(kobj: Kobject): boolean {
  return (kobj.sd?.subdirs ?? 0) > 0;
}

const dynamic_kobj_ktype: KobjType = { name: 'dynamic_kobj_ktype' };

/** Makes a plain directory in sysfs. Source: kobject_create_and_add() @returns -errno on failure */
export function* kobject_create_and_add(
  k: Kernel,
  name: string,
  parent?: Kobject,
): MightSleep<Kobject | number> {
  const kobj = new Kobject(name, dynamic_kobj_ktype);
  const error = yield* kobject_add(k, kobj, parent);
  if (!error) return kobj;
  yield* kobject_put(k, kobj);
  return error;
}

const kset_ktype: KobjType = { name: 'kset_ktype' };

/** Makes a set with its directory; its own uevent is filtered like any. Source: kset_create_and_add() */
export function* kset_create_and_add(
  k: Kernel,
  name: string,
  uevent_ops: UeventOps,
  parent: Kobject | undefined,
): MightSleep<Kset | number> {
  const kset = new Kset(new Kobject(name, kset_ktype), uevent_ops);
  const error = yield* kset_register(k, kset, parent);
  return error || kset;
}

/** Adds a set's directory and announces it. Source: kset_register() */
export function* kset_register(k: Kernel, kset: Kset, parent?: Kobject): MightSleep<number> {
  const error = yield* kobject_add(k, kset.kobj, parent);
  if (error) yield* kobject_put(k, kset.kobj);
  else kobject_uevent(k, kset.kobj, 'add');
  return error;
}

/** Source: kset_unregister() */
export function* kset_unregister(k: Kernel, kset: Kset): MightSleep<void> {
  yield* kobject_del(k, kset.kobj);
  yield* kobject_put(k, kset.kobj);
}
