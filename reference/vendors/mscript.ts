/**
 * mscript, a driver whose behaviour its module parameters script. Every callback logs.
 * Source: the test module of the recordings (design, section 9)
 */
import { class_create, class_destroy, type DeviceClass } from '../kernel/class.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import {
  debugfs_create_dir,
  debugfs_create_file,
  debugfs_remove_recursive,
} from '../kernel/debugfs.js';
import { Device, dev_printk } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import type { Kernel } from '../kernel/kernel.js';
import { kstrtoint_from_user } from '../kernel/kstrtox.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { ParamDef, ParamDefs } from '../kernel/params.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { msleep } from '../kernel/wait.js';
import { mdev_register_driver, mdev_unregister_driver } from '../mdev/driver.js';
import type { MdevDevice, MdevDriver, MdevType } from '../mdev/types.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from '../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { parent_offer, sample_remove, type Offer } from './sample.js';

export const LIVE = 0o644;
export const FIXED = 0o444;
export const int = (init: number, mode = FIXED): ParamDef => ({ type: 'int', init, mode });
export const bool = (init: boolean): ParamDef => ({ type: 'bool', init, mode: FIXED });

export const params = {
  probe_ret: int(0, LIVE),
  init_ret: int(0, LIVE),
  late_ret: int(0, LIVE),
  open_ret: int(0, LIVE),
  probe_delay_ms: int(0, LIVE),
  remove_delay_ms: int(0, LIVE),
  avail: int(3, LIVE),
  use_vfio: bool(true),
  use_request: bool(false),
  use_avail: bool(false),
  no_probe: bool(false),
  no_remove: bool(false),
  no_api: bool(false),
  dup_type: bool(false),
  desc: bool(false),
  max_inst: int(2),
  nr_parents: int(1),
  nr_types: int(3),
  collide: { type: 'charp', init: '', mode: FIXED },
  bus_collide: bool(false),
} as const satisfies ParamDefs;

/** The parameters' values by their types. */
export type Values = {
  readonly [N in keyof typeof params]: (typeof params)[N] extends { type: 'charp' }
    ? string
    : number;
};
export const values = (mod: Module): Values => mod.params as unknown as Values;

const MAX_PARENTS = 4;
export const TYPES: readonly MdevType[] = [
  { sysfs_name: 'a', pretty_name: 'Type A' },
  { sysfs_name: 'b', pretty_name: 'Type B' },
  { sysfs_name: 'c' },
];

export const info = (k: Kernel, dev: Device, text: string): void => {
  dev_printk(k, LogLevel.INFO, dev, text);
};

export function ms_ops(mod: Module): VfioDeviceOps {
  const v = values(mod);
  return {
    name: 'vfio-mscript',
    driver: 'mscript',
    *init(k, device) {
      info(k, device.dev, `ms_init -> ${v.init_ret}`);
      return v.init_ret;
    },
    *release(k, device) {
      info(k, device.dev, 'ms_release');
    },
    *open_device(k, device) {
      info(k, device.dev, `ms_open -> ${v.open_ret}`);
      return v.open_ret;
    },
    *close_device(k, device) {
      info(k, device.dev, 'ms_close');
    },
    ioctl(k, device, request) {
      info(k, device.dev, `ms_ioctl cmd=0x${request.toString(16)}`);
      return -Errno.ENOTTY;
    },
    ...(v.use_request
      ? {
          *request(k, device, count) {
            info(k, device.dev, `ms_request count=${count}`);
          },
        }
      : {}),
  };
}

function* ms_probe(k: Kernel, mdev: MdevDevice, mod: Module): MightSleep<number> {
  const v = values(mod);
  info(k, mdev.dev, `ms_probe type=${mdev.type.sysfs_name} probe_ret=${v.probe_ret}`);
  if (v.probe_delay_ms) yield* msleep(k, v.probe_delay_ms);
  if (v.probe_ret) return v.probe_ret;
  if (!v.use_vfio) return 0;
  const device = yield* _vfio_alloc_device(k, mdev.dev, ms_ops(mod));
  if (typeof device === 'number') return device;
  const error = yield* register(k, device, v);
  if (error) yield* vfio_put_device(k, device);
  else mdev.dev.driver_data = device;
  return error;
}

function* register(k: Kernel, device: VfioDevice, v: Values): MightSleep<number> {
  const error = yield* vfio_register_emulated_iommu_dev(k, device);
  if (error || !v.late_ret) return error;
  const { late_ret } = v;
  yield* vfio_unregister_group_dev(k, device);
  return late_ret;
}

function* ms_remove(k: Kernel, mdev: MdevDevice, mod: Module): MightSleep<void> {
  info(k, mdev.dev, 'ms_remove begin');
  const { remove_delay_ms } = values(mod);
  if (remove_delay_ms) yield* msleep(k, remove_delay_ms);
  if (mdev.dev.driver_data) yield* sample_remove(k, mdev);
  info(k, mdev.dev, 'ms_remove end');
}

function ms_driver(mod: Module): MdevDriver {
  const v = values(mod);
  return {
    name: 'mscript',
    owner: mod,
    max_instances: v.max_inst,
    ...(v.no_api ? {} : { device_api: 'vfio-pci' }),
    ...(v.use_avail ? { get_available: () => v.avail } : {}),
    ...(v.desc
      ? { show_description: (_k: Kernel, type: MdevType) => `scripted type ${type.sysfs_name}\n` }
      : {}),
    ...(v.no_probe ? {} : { probe: (k: Kernel, mdev: MdevDevice) => ms_probe(k, mdev, mod) }),
    ...(v.no_remove ? {} : { remove: (k: Kernel, mdev: MdevDevice) => ms_remove(k, mdev, mod) }),
    ...(v.collide ? { dev_groups: [{ attrs: [vattr(v.collide)] }] } : {}),
  };
}

export const vattr = (name: string) => ({
  name,
  mode: 0o444,
  *show() {
    return 'x\n';
  },
});

/** How the module registers itself, in one era. */
export interface MscriptForm {
  /** the names of the functions that make a device a parent, and no parent again */
  readonly register: string;
  readonly unregister: string;
  driver(mod: Module): MdevDriver;
  offer(mod: Module, driver: MdevDriver): Offer;
  /** files in debugfs beside `register` and `unregister` */
  readonly controls?: Readonly<Record<string, Control>>;
}

/** Parents with arrays of types, as the parameters say. */
const form_6_1: MscriptForm = {
  register: 'mdev_register_parent',
  unregister: 'mdev_unregister_parent',
  driver: ms_driver,
  offer(mod, driver) {
    const { nr_types, dup_type } = values(mod);
    const types = TYPES.slice(0, Math.max(0, nr_types)).map((type) => ({
      ...type,
      sysfs_name: dup_type ? TYPES[0]!.sysfs_name : type.sysfs_name,
    }));
    return parent_offer(driver, types);
  },
};

/** What writing a number to a file in debugfs does. @returns 0 or -errno */
type Control = (k: Kernel, mod: Module, number: number) => MightSleep<number>;

/** A parent device, and the parent that it is while registered. */
interface Parent {
  readonly dev: Device;
  registered: Offer | undefined;
}

/** What the module holds while it is loaded. */
interface State {
  readonly form: MscriptForm;
  readonly driver: MdevDriver;
  readonly cls: DeviceClass;
  readonly dbg: KernfsNode;
  readonly parents: Parent[];
  /** whether the driver is on the bus */
  onBus: boolean;
}

const states = new WeakMap<Module, State>();

function* ms_register(k: Kernel, mod: Module, parent: Parent): MightSleep<number> {
  const { form, driver } = states.get(mod)!;
  const made = form.offer(mod, driver);
  const error = yield* made.register(k, parent.dev);
  printk(k, LogLevel.INFO, `mscript: ${form.register}(${parent.dev.name}) = ${error}`);
  parent.registered = error ? undefined : made;
  return error;
}

function* ms_unregister(k: Kernel, mod: Module, parent: Parent): MightSleep<number> {
  const { registered } = parent;
  parent.registered = undefined;
  yield* registered!.unregister(k, parent.dev);
  const { unregister } = states.get(mod)!.form;
  printk(k, LogLevel.INFO, `mscript: ${unregister}(${parent.dev.name}) done`);
  return 0;
}

/** For a parent, by its number. */
const on_parent = (act: (k: Kernel, mod: Module, parent: Parent) => MightSleep<number>): Control =>
  function* (k, mod, number) {
    const parent = states.get(mod)!.parents[number];
    return parent ? yield* act(k, mod, parent) : -Errno.EINVAL;
  };

/** The files that every form has. */
const CONTROLS: Readonly<Record<string, Control>> = {
  register: on_parent(function* (k, mod, parent) {
    return parent.registered ? -Errno.EALREADY : yield* ms_register(k, mod, parent);
  }),
  unregister: on_parent(function* (k, mod, parent) {
    return parent.registered ? yield* ms_unregister(k, mod, parent) : -Errno.EALREADY;
  }),
};

/** Those of the eras between, where no recorded module sets a limit. */
export const more_controls: Readonly<Record<string, Control>> = {
  /** as if it were not registered: what the core says */
  reregister: on_parent((k, mod, { dev }) => {
    const { form, driver } = states.get(mod)!;
    return form.offer(mod, driver).register(k, dev);
  }),
  /** takes the driver off the bus (0) or puts it there again, whatever the parents are */
  *driver(k, mod, wanted) {
    const state = states.get(mod)!;
    if (state.onBus === (wanted !== 0)) return -Errno.EALREADY;
    state.onBus = !state.onBus;
    if (state.onBus) return yield* mdev_register_driver(k, state.driver);
    yield* mdev_unregister_driver(k, state.driver);
    return 0;
  },
};

const ctl = (mod: Module, control: Control) =>
  function* (k: Kernel, data: string): MightSleep<number> {
    const number = kstrtoint_from_user(data);
    if ('error' in number) return -Errno.EINVAL;
    return (yield* control(k, mod, number.value)) || data.length;
  };

function* ms_cleanup(k: Kernel, { dbg, parents }: State): MightSleep<void> {
  yield* debugfs_remove_recursive(k, dbg);
  for (const parent of parents) {
    if (parent.registered) yield* parent.registered.unregister(k, parent.dev);
    yield* device_unregister(k, parent.dev);
  }
}

function* add_parents(k: Kernel, mod: Module, state: State): MightSleep<number> {
  const v = values(mod);
  for (let i = 0; i < v.nr_parents && i < MAX_PARENTS; i++) {
    const dev = new Device({
      name: `mscript${i}`,
      ...(v.bus_collide ? {} : { class: state.cls }),
      *release(k, dev) {
        printk(k, LogLevel.INFO, `mscript: parent ${dev.name} released`);
      },
    });
    const added = yield* device_register_or_put(k, dev);
    if (added) return added;
    const parent: Parent = { dev, registered: undefined };
    state.parents.push(parent);
    const error = yield* ms_register(k, mod, parent);
    if (error) return error;
  }
  return 0;
}

function* ms_modinit(k: Kernel, mod: Module, form: MscriptForm): MightSleep<number> {
  const driver = form.driver(mod);
  let error = yield* mdev_register_driver(k, driver);
  if (error) {
    printk(k, LogLevel.INFO, `mscript: mdev_register_driver = ${error}`);
    return error;
  }
  const cls = yield* class_create(k, 'mscript');
  if (typeof cls === 'number') {
    error = cls;
  } else {
    const dbg = debugfs_create_dir(k, 'mscript');
    const state: State = { form, driver, cls, dbg, parents: [], onBus: true };
    states.set(mod, state);
    for (const [name, control] of Object.entries({ ...CONTROLS, ...form.controls })) {
      debugfs_create_file(dbg, name, 0o200, { owner: mod, write: ctl(mod, control) });
    }
    error = yield* add_parents(k, mod, state);
    if (!error) return 0;
    yield* ms_cleanup(k, state);
    yield* class_destroy(k, cls);
  }
  yield* mdev_unregister_driver(k, driver);
  return error;
}

function* ms_modexit(k: Kernel, mod: Module): MightSleep<void> {
  const state = states.get(mod)!;
  yield* ms_cleanup(k, state);
  yield* class_destroy(k, state.cls);
  if (state.onBus) yield* mdev_unregister_driver(k, state.driver);
}

/**
 * The module of one era, under its own name or, with another licence, under the one of its
 * proprietary twin.
 * @param imports what it needs of mdev.ko and vfio.ko, and of the kernel for GPL modules only
 */
export function mscript(
  imports: readonly string[],
  as: { name: string; license: string } = { name: 'mscript', license: 'Dual BSD/GPL' },
): ModuleDefinition {
  return mscript_of(form_6_1, params, imports, as);
}

/** The module in any form. */
export function mscript_of(
  form: MscriptForm,
  scripted: ParamDefs,
  imports: readonly string[],
  as: { name: string; license: string },
): ModuleDefinition {
  return {
    ...as,
    outOfTree: true,
    imports,
    params: scripted,
    init: (k, mod) => ms_modinit(k, mod, form),
    exit: ms_modexit,
  };
}
