/**
 * The end of a machine: what user space holds is given back, what was loaded is unloaded, and then
 * nothing may be left. Whatever is left is a leak, of the model's or of the era that it plays.
 */
import { boot } from './kernel/boot.js';
import { KernelBug } from './kernel/bug.js';
import { undo_initcalls } from './kernel/builtin.js';
import type { Kernel } from './kernel/kernel.js';
import { delete_module } from './kernel/loader.js';
import { every_path, objects_left } from './kernel/leaks.js';
import { modules, type Module } from './kernel/module.js';
import type { MightSleep, Task } from './kernel/scheduler.js';
import { open_descriptors, sys_close, to_user_space } from './kernel/syscalls.js';
import { mdev_core } from './mdev/state.js';
import type { Profile } from './profile.js';
import { drop, held } from './references.js';
import { vfio } from './vfio/state.js';

/** What the cores have in their lists, and nothing once they are unloaded. */
const LISTS: Readonly<Record<string, (k: Kernel) => readonly unknown[]>> = {
  'mediated devices': (k) => mdev_core(k).mdev_list,
  parents: (k) => mdev_core(k).parent_list,
  'VFIO groups': (k) => vfio(k).group_list,
  'IOMMU backends': (k) => vfio(k).iommu_drivers,
};

/** What they count. */
const COUNTS: Readonly<Record<string, (k: Kernel) => boolean>> = {
  'the number of a group': (k) => !vfio(k).group_ida.empty,
  'the number of a VFIO device': (k) => !vfio(k).device_ida.empty,
  'a mount of the pseudo file system': (k) => vfio(k).fs_count > 0,
};

const booted = new WeakMap<Profile, ReadonlySet<string>>();

/** The paths that a machine has from the beginning. */
function at_boot(profile: Profile): ReadonlySet<string> {
  let paths = booted.get(profile);
  if (!paths) booted.set(profile, (paths = new Set(every_path(boot(profile)))));
  return paths;
}

/** Runs calls side by side to their end: one may wait for another. @throws KernelBug if one never ends */
function together(k: Kernel, bodies: readonly MightSleep<unknown>[]): void {
  const tasks = bodies.map((body) => k.sched.spawn('exit', to_user_space(k, body)));
  k.sched.run();
  for (const task of tasks) k.sched.runToEnd(task);
}

function give_back(k: Kernel): void {
  const references = [...held(k)].flatMap(([object, puts]) => puts.map(() => drop(k, object)));
  together(k, [...open_descriptors(k).map((fd) => sys_close(k, fd)), ...references]);
}

const idle = ({ state, users, refcnt }: Module): boolean =>
  state === 'live' && users.size === 0 && refcnt === 0;

/** The last one loaded goes first, as far as nothing needs it; behind the last of all, what is built in. */
function unload(k: Kernel): void {
  const { loaded } = modules(k);
  for (;;) {
    const mod = [...loaded.values()].reverse().find(idle);
    if (!mod) break;
    together(k, [delete_module(k, mod.name)]);
    if (loaded.get(mod.name) === mod) return;
  }
  if (loaded.size === 0) together(k, [undo_initcalls(k)]);
}

/**
 * Ends a machine. It can't be used any more.
 * @param tasks those that calls were started in
 * @returns what is left, sorted, in a few words each; where unloading fails, the bug that is in the way
 */
export function finish(k: Kernel, tasks: Iterable<Task>): string[] {
  const faults = [...k.faults.keys()].map((fn) => `a fault of ${fn} that never came`);
  k.faults.clear();
  const caught = bug(() => {
    give_back(k);
    for (const task of tasks) k.sched.runToEnd(task);
    // What the tasks did may have opened something.
    give_back(k);
    unload(k);
  });
  return [...faults, ...k.leaked, ...(caught === undefined ? left(k) : [caught])].sort();
}

/** Modules that somebody pins; those that only another module needs go without saying. */
const pinned = (k: Kernel): string[] =>
  [...modules(k).loaded.values()]
    .filter(({ users }) => users.size === 0)
    .map(({ name, refcnt }) => `module ${name} (${refcnt})`);

const listed = (k: Kernel): string[] =>
  Object.entries(LISTS)
    .map(([what, list]) => `${what}: ${list(k).length}`)
    .filter((text) => !text.endsWith(': 0'));

const counted = (k: Kernel): string[] => Object.keys(COUNTS).filter((what) => COUNTS[what]!(k));

function paths(k: Kernel): string[] {
  const before = at_boot(k.profile);
  return every_path(k).filter((path) => !before.has(path));
}

/** Each is there because of those before it, if they are: what comes of a leak needs no telling. */
const KINDS = [pinned, listed, objects_left, (k: Kernel) => [...paths(k), ...counted(k)]];

/** What a machine that was unloaded still has. */
function left(k: Kernel): string[] {
  for (const kind of KINDS) {
    const found = kind(k);
    if (found.length > 0) return found;
  }
  return [];
}

/** @returns what the model caught on the way: a bug of its own, or of the era; undefined if nothing */
function bug(unloading: () => void): string | undefined {
  try {
    unloading();
    return undefined;
  } catch (error) {
    if (error instanceof KernelBug) return `${error.code}: ${error.message}`;
    throw error;
  }
}
