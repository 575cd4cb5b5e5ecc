import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import type { Kobject } from './kobject.js';

/** Source: enum kobject_action, include/linux/kobject.h, 6.1 */
export const UEVENT_ACTIONS = [
  'add',
  'remove',
  'change',
  'move',
  'online',
  'offline',
  'bind',
  'unbind',
] as const;
export type UeventAction = (typeof UEVENT_ACTIONS)[number];

export type UeventEnv = Record<string, string>;

/** The rules of a kset for the uevents of its members. Source: struct kset_uevent_ops, 6.1 */
export interface UeventOps {
  /** Whether the object sends uevents at all. */
  filter?(kobj: Kobject): boolean;
  /** The SUBSYSTEM, if it isn't the kset's name; undefined drops the event. */
  name?(kobj: Kobject): string | undefined;
  /** Adds the object's own variables. */
  uevent?(k: Kernel, kobj: Kobject, env: UeventEnv): void;
}

/** The path below /sys. Source: kobject_get_path(), lib/kobject.c, 6.1 */
export function kobject_get_path(kobj: Kobject): string {
  return `${kobj.parent ? kobject_get_path(kobj.parent) : ''}/${kobj.name}`;
}

/**
 * Tells user space about an object, by the rules of the nearest kset.
 * @param extra variables that the caller adds, behind SUBSYSTEM
 * @returns 0, or -EINVAL where no kset is in charge
 * Source: kobject_uevent_env(), lib/kobject_uevent.c, 6.1
 */
export function kobject_uevent(
  k: Kernel,
  kobj: Kobject,
  action: UeventAction,
  extra: UeventEnv = {},
): number {
  if (action === 'remove') kobj.state_remove_uevent_sent = true;
  let top = kobj;
  while (!top.kset && top.parent) top = top.parent;
  const kset = top.kset;
  if (!kset) return -Errno.EINVAL;
  const ops = kset.uevent_ops;
  if (ops.filter && !ops.filter(kobj)) return 0;
  const subsystem = ops.name ? ops.name(kobj) : kset.kobj.name;
  if (subsystem === undefined) return 0;
  const env: UeventEnv = { SUBSYSTEM: subsystem, ...extra };
  ops.uevent?.(k, kobj, env);
  if (action === 'add') kobj.state_add_uevent_sent = true;
  k.emit({ ev: 'uevent', action, devpath: kobject_get_path(kobj), env });
  return 0;
}
