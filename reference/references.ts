/** References that a test takes, as somebody in the kernel would: `hold` and `drop` of protocol 1. */
import { Errno } from './kernel/errno.js';
import { perKernel, type Kernel } from './kernel/kernel.js';
import { kobject_get, kobject_put, type Kobject } from './kernel/kobject.js';
import { module_put, modules, try_module_get } from './kernel/module.js';
import { lookup } from './kernel/namei.js';
import type { MightSleep } from './kernel/scheduler.js';
import { vfio } from './vfio/state.js';

/** Gives one reference back. */
type Put = (k: Kernel) => MightSleep<void>;

/** What is held, by the word it was taken with: once for each time. */
export const held = perKernel(() => new Map<string, Put[]>());

/** The object that a directory of sysfs is. */
function get_kobject(k: Kernel, path: string): Put | undefined {
  const node = lookup(k, path);
  if (typeof node === 'number' || !node.priv) return undefined;
  const kobj = kobject_get(node.priv as Kobject);
  return (k) => kobject_put(k, kobj);
}

/** The registered VFIO device of a device; it has references of its own only where the core allocates it. */
function get_vfio_device(k: Kernel, name: string): Put | undefined {
  const { life } = k.profile.vfio;
  const devices = vfio(k).group_list.flatMap((group) => group.device_list);
  const device = devices.find(({ dev }) => dev.name === name);
  if (!device || !life) return undefined;
  life.get(device);
  return (k) => life.put(k, device);
}

function get_module(k: Kernel, name: string): Put | undefined {
  const mod = modules(k).loaded.get(name);
  if (!mod || !try_module_get(mod)) return undefined;
  return function* () {
    module_put(mod);
  };
}

const KINDS = { vfio_device: get_vfio_device, module: get_module };

function get(k: Kernel, object: string): Put | undefined {
  if (object.startsWith('/')) return get_kobject(k, object);
  const at = object.indexOf(':');
  const kind = KINDS[object.slice(0, at) as keyof typeof KINDS];
  return kind(k, object.slice(at + 1));
}

/**
 * Takes a reference that keeps an object alive.
 * @param object the path of its directory in sysfs, `vfio_device:` and the name of the device that is
 *   offered, or `module:` and a name
 * @returns 0, or -ENOENT if there is no such object, or none any more that could be held
 */
export function hold(k: Kernel, object: string): number {
  const put = get(k, object);
  if (!put) return -Errno.ENOENT;
  const taken = held(k);
  taken.set(object, [...(taken.get(object) ?? []), put]);
  return 0;
}

/**
 * Gives a reference back by the word it was taken with, wherever the object is by now; the last one
 * releases the object.
 * @returns 0, or -EINVAL if nothing is held by that word
 */
export function* drop(k: Kernel, object: string): MightSleep<number> {
  const taken = held(k);
  const [put, ...others] = taken.get(object) ?? [];
  if (!put) return -Errno.EINVAL;
  if (others.length > 0) taken.set(object, others);
  else taken.delete(object);
  yield* put(k);
  return 0;
}
