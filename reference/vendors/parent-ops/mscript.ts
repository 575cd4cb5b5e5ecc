/**
 * mscript in the era of mdev_parent_ops: callbacks and registration as the module parameters say.
 * Source: the test module of the recordings (design, section 9)
 */
import { class_create, class_destroy, type DeviceClass } from '../../kernel/class.js';
import { device_register_or_put, device_unregister } from '../../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../../kernel/debugfs.js';
import { Device, dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { KernfsNode } from '../../kernel/kernfs.js';
import type { Kernel } from '../../kernel/kernel.js';
import { kstrtoint_from_user } from '../../kernel/kstrtox.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { ParamDef, ParamDefs } from '../../kernel/params.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { msleep } from '../../kernel/wait.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type {
  MdevDevice,
  MdevParentOps,
  MdevType,
  MdevTypeAttribute,
  MdevTypeGroup,
} from '../../mdev/types.js';
import { registers_device } from '../imports.js';
import { device_api } from './sample.js';

const LIVE = 0o644;
const FIXED = 0o444;
const int = (init: number, mode = FIXED): ParamDef => ({ type: 'int', init, mode });
const bool: ParamDef = { type: 'bool', init: false, mode: FIXED };

const params = {
  create_ret: int(0, LIVE),
  remove_ret: int(0, LIVE),
  open_ret: int(0, LIVE),
  create_delay_ms: int(0, LIVE),
  remove_delay_ms: int(0, LIVE),
  avail: int(3, LIVE),
  use_request: bool,
  use_avail: bool,
  no_create: bool,
  no_remove: bool,
  no_open: bool,
  no_release: bool,
  no_types: bool,
  noname_type: bool,
  dup_type: bool,
  desc: bool,
  max_inst: int(2, LIVE),
  nr_parents: int(1),
  nr_types: int(3),
  collide: { type: 'charp', init: '', mode: FIXED },
  bus_collide: bool,
} as const satisfies ParamDefs;

/** The parameters' values by their types. */
type Values = {
  readonly [N in keyof typeof params]: (typeof params)[N] extends { type: 'charp' }
    ? string
    : number;
};
const values = (mod: Module): Values => mod.params as unknown as Values;

const MAX_PARENTS = 4;
const TYPE_NAMES = ['a', 'b', 'c'];

/** A parent device. A device whose remove fails stays counted. */
interface Parent {
  readonly dev: Device;
  registered: boolean;
  used: number;
}

/** What the module holds while it is loaded. */
interface State {
  readonly ops: MdevParentOps;
  readonly cls: DeviceClass;
  readonly dbg: KernfsNode;
  readonly parents: Parent[];
}

const states = new WeakMap<Module, State>();

const parent_of = (dev: Device): Parent => dev.owner as Parent;

const info = (k: Kernel, { dev }: MdevDevice, text: string): void => {
  dev_printk(k, LogLevel.INFO, dev, text);
};

function* ms_create(k: Kernel, mod: Module, type: MdevType, mdev: MdevDevice): MightSleep<number> {
  // A parameter that changes while the callback sleeps is seen.
  const v = values(mod);
  info(k, mdev, `ms_create type=${type.kobj!.name} create_ret=${v.create_ret}`);
  if (v.create_delay_ms) yield* msleep(k, v.create_delay_ms);
  if (v.create_ret) return v.create_ret;
  const parent = parent_of(type.parent!.dev);
  if (!v.use_avail && v.max_inst >= 0 && parent.used >= v.max_inst) return -Errno.EUSERS;
  parent.used++;
  return 0;
}

function* ms_remove(k: Kernel, mod: Module, mdev: MdevDevice): MightSleep<number> {
  info(k, mdev, 'ms_remove begin');
  const { remove_delay_ms } = values(mod);
  if (remove_delay_ms) yield* msleep(k, remove_delay_ms);
  const { remove_ret } = values(mod);
  info(k, mdev, `ms_remove -> ${remove_ret}`);
  if (!remove_ret) parent_of(mdev.type.parent!.dev).used--;
  return remove_ret;
}

/** The files of every type. */
function type_attrs(mod: Module): readonly MdevTypeAttribute[] {
  const available: MdevTypeAttribute = {
    name: 'available_instances',
    show(_k, type) {
      const { use_avail, avail, max_inst } = values(mod);
      return `${use_avail ? avail : max_inst - parent_of(type.parent!.dev).used}\n`;
    },
  };
  const description: MdevTypeAttribute = {
    name: 'description',
    show: (_k, type) => `scripted type ${type.kobj!.name}\n`,
  };
  return [
    { name: 'name', show: (_k, type) => `Type ${type.kobj!.name}\n` },
    device_api,
    available,
    ...(values(mod).desc ? [description] : []),
  ];
}

function type_groups(mod: Module): MdevTypeGroup[] {
  const { nr_types, dup_type, noname_type } = values(mod);
  const attrs = type_attrs(mod);
  const second = noname_type ? undefined : dup_type ? TYPE_NAMES[0] : TYPE_NAMES[1];
  return [TYPE_NAMES[0], second, TYPE_NAMES[2]]
    .slice(0, Math.max(0, nr_types))
    .map((name) => ({ name, attrs }));
}

const vattr = (name: string) => ({
  name,
  mode: FIXED,
  *show() {
    return 'x\n';
  },
});

/** The callbacks, less those that the parameters take out. */
function ms_ops(mod: Module, canRequest: boolean): MdevParentOps {
  const v = values(mod);
  const ops: MdevParentOps = {
    driver: 'mscript',
    owner: mod,
    supported_type_groups: type_groups(mod),
    create: (k, type, mdev) => ms_create(k, mod, type, mdev),
    remove: (k, mdev) => ms_remove(k, mod, mdev),
    *open(k, mdev) {
      const { open_ret } = values(mod);
      info(k, mdev, `ms_open -> ${open_ret}`);
      return open_ret;
    },
    *release(k, mdev) {
      info(k, mdev, 'ms_release');
    },
    ioctl(k, mdev, request) {
      info(k, mdev, `ms_ioctl cmd=0x${request.toString(16)}`);
      return -Errno.ENOTTY;
    },
    ...(canRequest && v.use_request
      ? {
          *request(k: Kernel, mdev: MdevDevice, count: number) {
            info(k, mdev, `ms_request count=${count}`);
          },
        }
      : {}),
    ...(v.collide ? { mdev_attr_groups: [{ attrs: [vattr(v.collide)] }] } : {}),
  };
  const absent = Object.entries({
    create: v.no_create,
    remove: v.no_remove,
    open: v.no_open,
    release: v.no_release,
    supported_type_groups: v.no_types,
  }).flatMap(([name, out]) => (out ? [name] : []));
  const left = Object.entries(ops).filter(([name]) => !absent.includes(name));
  return Object.fromEntries(left) as unknown as MdevParentOps;
}

function* ms_register(k: Kernel, mod: Module, parent: Parent): MightSleep<number> {
  const error = yield* mdev_register_device(k, parent.dev, states.get(mod)!.ops);
  printk(k, LogLevel.INFO, `mscript: mdev_register_device(${parent.dev.name}) = ${error}`);
  parent.registered = !error;
  return error;
}

function* ms_unregister(k: Kernel, parent: Parent): MightSleep<number> {
  parent.registered = false;
  yield* mdev_unregister_device(k, parent.dev);
  printk(k, LogLevel.INFO, `mscript: mdev_unregister_device(${parent.dev.name}) done`);
  return 0;
}

/** The files in debugfs: a parent's number does that to it. */
const CONTROLS = {
  *register(k: Kernel, mod: Module, parent: Parent): MightSleep<number> {
    return parent.registered ? -Errno.EALREADY : yield* ms_register(k, mod, parent);
  },
  /** as if it were not registered: what the core says */
  reregister(k: Kernel, mod: Module, { dev }: Parent): MightSleep<number> {
    return mdev_register_device(k, dev, states.get(mod)!.ops);
  },
  *unregister(k: Kernel, _mod: Module, parent: Parent): MightSleep<number> {
    return parent.registered ? yield* ms_unregister(k, parent) : -Errno.EALREADY;
  },
};

function ctl(mod: Module, name: keyof typeof CONTROLS) {
  return function* (k: Kernel, data: string): MightSleep<number> {
    const number = kstrtoint_from_user(data);
    const parent = 'error' in number ? undefined : states.get(mod)!.parents[number.value];
    if (!parent) return -Errno.EINVAL;
    return (yield* CONTROLS[name](k, mod, parent)) || data.length;
  };
}

function* ms_cleanup(k: Kernel, { dbg, parents }: State): MightSleep<void> {
  yield* debugfs_remove_recursive(k, dbg);
  for (const { dev, registered } of parents) {
    if (registered) yield* mdev_unregister_device(k, dev);
    yield* device_unregister(k, dev);
  }
}

/** One parent device. @returns it, or -errno */
function* new_parent(k: Kernel, cls: DeviceClass | undefined, name: string) {
  const dev = new Device({
    name,
    ...(cls ? { class: cls } : {}),
    *release(k, dev) {
      printk(k, LogLevel.INFO, `mscript: parent ${dev.name} released`);
    },
  });
  const parent: Parent = { dev, registered: false, used: 0 };
  dev.owner = parent;
  return (yield* device_register_or_put(k, dev)) || parent;
}

function* add_parents(k: Kernel, mod: Module, state: State): MightSleep<number> {
  const v = values(mod);
  for (let i = 0; i < v.nr_parents && i < MAX_PARENTS; i++) {
    const parent = yield* new_parent(k, v.bus_collide ? undefined : state.cls, `mscript${i}`);
    if (typeof parent === 'number') return parent;
    state.parents.push(parent);
    const error = yield* ms_register(k, mod, parent);
    if (error) return error;
  }
  return 0;
}

function* ms_modinit(k: Kernel, mod: Module, canRequest: boolean): MightSleep<number> {
  if (values(mod).use_request && !canRequest) {
    printk(k, LogLevel.INFO, 'mscript: no request callback in this kernel');
  }
  const cls = yield* class_create(k, 'mscript');
  if (typeof cls === 'number') return cls;
  const dbg = debugfs_create_dir(k, 'mscript');
  const state: State = { ops: ms_ops(mod, canRequest), cls, dbg, parents: [] };
  states.set(mod, state);
  for (const name of ['register', 'reregister', 'unregister'] as const) {
    debugfs_create_file(dbg, name, 0o200, { owner: mod, write: ctl(mod, name) });
  }
  const error = yield* add_parents(k, mod, state);
  if (!error) return 0;
  yield* ms_cleanup(k, state);
  yield* class_destroy(k, cls);
  return error;
}

function* ms_modexit(k: Kernel, mod: Module): MightSleep<void> {
  const state = states.get(mod)!;
  yield* ms_cleanup(k, state);
  yield* class_destroy(k, state.cls);
}

/**
 * The module, under its own name or, with another licence, under the one of its proprietary twin.
 * @param kernelSymbols what it needs of the kernel for GPL modules only
 * @param canRequest whether parents can be asked to let go of a device, which they can't in 5.10
 */
export function mscript_ops(
  kernelSymbols: readonly string[],
  as: { name: string; license: string } = { name: 'mscript', license: 'Dual BSD/GPL' },
  canRequest = false,
): ModuleDefinition {
  const imports = ['mdev_dev', 'mdev_parent_dev', ...registers_device, ...kernelSymbols];
  return {
    ...as,
    outOfTree: true,
    imports,
    params,
    init: (k, mod) => ms_modinit(k, mod, canRequest),
    exit: ms_modexit,
  };
}
