/** What a module has in /sys/module. Source: kernel/module/sysfs.c, 6.1 */
import type { Kernel } from './kernel.js';
import {
  Kobject,
  kobject_add,
  kobject_create_and_add,
  kobject_put,
  type KobjType,
} from './kobject.js';
import { kernel_root } from './ksets.js';
import { module_refcount, type Module, type ModuleDefinition } from './module.js';
import { param_files } from './params.js';
import type { MightSleep } from './scheduler.js';
import { kobject_synth_uevent } from './synth-uevent.js';
import {
  sysfs_create_groups,
  sysfs_create_link,
  sysfs_remove_groups,
  sysfs_remove_link,
  type Attribute,
  type AttributeGroup,
} from './sysfs.js';

/** Source: module_kobj_release(), kernel/params.c, 6.1 */
const module_ktype: KobjType = {
  name: 'module_ktype',
  *release(k, kobj) {
    (kobj.owner as Module).kobj_completion.complete(k);
  },
};

const shown = (name: string, content: () => string): Attribute => ({
  name,
  mode: 0o444,
  *show() {
    return `${content()}\n`;
  },
});

/** A file whose content depends on how the module was built, which the model doesn't know. */
const built = (name: string): Attribute => ({ name, mode: 0o444 });

/** Source: modinfo_version, modinfo_srcversion, which comes with a version */
function version_files({ version }: ModuleDefinition): readonly Attribute[] {
  return version === undefined ? [] : [shown('version', () => version), built('srcversion')];
}

/** The model doesn't know the sections of a module. Source: add_sect_attrs() */
const sections: AttributeGroup = { name: 'sections', attrs: [] };

const uevent: Attribute = {
  name: 'uevent',
  mode: 0o200,
  *store(k, kobj, data) {
    return kobject_synth_uevent(k, kobj, data) || data.length;
  },
};

function param_groups(mod: Module): readonly AttributeGroup[] {
  const attrs = param_files(mod.definition.params ?? {}, mod.params);
  return attrs.length ? [{ name: 'parameters', attrs }] : [];
}

function module_groups(mod: Module): readonly AttributeGroup[] {
  const info = [
    uevent,
    ...version_files(mod.definition),
    shown('initstate', () => mod.state),
    built('coresize'),
    shown('initsize', () => '0'),
    shown('refcnt', () => String(module_refcount(mod))),
    shown('taint', () => [...mod.taints].sort().reverse().join('')),
  ];
  return [...param_groups(mod), { attrs: info }, sections];
}

function* subdir(k: Kernel, mod: Module, name: string): MightSleep<Kobject | undefined> {
  const dir = yield* kobject_create_and_add(k, name, mod.kobj);
  return typeof dir === 'number' ? undefined : dir;
}

/** Source: mod_sysfs_setup() */
export function* mod_sysfs_setup(k: Kernel, mod: Module): MightSleep<number> {
  const kobj = new Kobject(mod.name, module_ktype, mod);
  kobj.kset = kernel_root(k).module_kset;
  const error = yield* kobject_add(k, kobj);
  if (error) return error;
  mod.kobj = kobj;
  mod.holders_dir = yield* subdir(k, mod, 'holders');
  yield* sysfs_create_groups(k, kobj, module_groups(mod));
  for (const used of mod.uses) sysfs_create_link(k, used.holders_dir!, kobj, mod.name);
  mod.notes_dir = yield* subdir(k, mod, 'notes');
  return 0;
}

function builtin_groups(mod: Module): readonly AttributeGroup[] {
  const { version } = mod.definition;
  const attrs = [uevent, ...(version === undefined ? [] : [shown('version', () => version)])];
  return [...param_groups(mod), { attrs }];
}

/**
 * What is seen of a module that is built in: it has no state, no size and no users.
 * Source: param_sysfs_builtin(), version_sysfs_builtin(), kernel/params.c, 6.1
 */
export function* builtin_sysfs_setup(k: Kernel, mod: Module): MightSleep<void> {
  const kobj = new Kobject(mod.name, module_ktype, mod);
  kobj.kset = kernel_root(k).module_kset;
  yield* kobject_add(k, kobj);
  mod.kobj = kobj;
  yield* sysfs_create_groups(k, kobj, builtin_groups(mod));
}

/** Of which there is none in a kernel. */
export function* builtin_sysfs_teardown(k: Kernel, mod: Module): MightSleep<void> {
  yield* sysfs_remove_groups(k, mod.kobj!, builtin_groups(mod));
  if (mod.drivers_dir) yield* kobject_put(k, mod.drivers_dir);
  yield* kobject_put(k, mod.kobj!);
}

/** Waits for whoever holds the directory. Source: mod_sysfs_teardown(), mod_kobject_put() */
export function* mod_sysfs_teardown(k: Kernel, mod: Module): MightSleep<void> {
  for (const used of mod.uses) sysfs_remove_link(k, used.holders_dir!, mod.name);
  yield* sysfs_remove_groups(k, mod.kobj!, module_groups(mod));
  for (const dir of [mod.drivers_dir, mod.holders_dir, mod.notes_dir]) {
    if (dir) yield* kobject_put(k, dir);
  }
  yield* kobject_put(k, mod.kobj!);
  yield* mod.kobj_completion.wait(k);
}
