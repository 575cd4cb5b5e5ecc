/**
 * idxd_bus, the data streaming accelerator: its bus, a device with two work queues, the drivers that a
 * work queue is given to, and the driver `dsa`, whose own files bind and unbind stand for the old
 * way. Planned in seed 001 (Williams, 28 April 2021); so merged in 5.15.
 * Source: drivers/dma/idxd/compat.c, bus.c, 6.1
 */
import { driver_find, type Bus, type BusOps } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { device_driver_attach, device_driver_detach } from '../kernel/dd.js';
import { Device, get_device, kobj_to_dev, put_device } from '../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { sysfs_streq } from '../kernel/kstrtox.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Attribute } from '../kernel/sysfs.js';
import { answers, ask, rig_module, tell } from './rig.js';
import { bus_step, root_step } from './steps.js';

type WqType = 'none' | 'kernel' | 'user';

/** Source: struct idxd_dev, idxd_device and idxd_wq */
interface IdxdDev {
  readonly dev: Device;
  readonly kind: 'device' | 'wq';
  enabled: boolean;
  type: WqType;
}

/** Source: struct idxd_device_driver */
interface IdxdDriver extends DeviceDriver {
  /** what it fits; `dsa` fits nothing */
  readonly type: IdxdDev['kind'] | undefined;
}

const idxd_dev_of = (dev: Device): IdxdDev => dev.owner as IdxdDev;

class State {
  readonly devices: IdxdDev[] = [];
  readonly drivers: IdxdDriver[] = [];
  bus?: Bus;
  root?: Device;

  constructor(readonly mod: Module) {}
}

/**
 * A device needs a work queue that is configured, a work queue its device: so nobody is bound by being
 * there. Source: idxd_device_drv_probe(), idxd_wqs_setup(), idxd_user_drv_probe(), drivers/dma/idxd, 6.1
 */
function refuses({ devices }: State, { kind }: IdxdDev): number {
  const ready = kind === 'wq' ? devices[0]!.enabled : devices.some(({ type }) => type !== 'none');
  return ready ? 0 : -Errno.ENXIO;
}

/** Source: idxd_config_bus_match(), idxd_config_bus_probe(), idxd_config_bus_remove() */
const bus_ops = (state: State): BusOps => ({
  name: 'dsa',
  match: (_k, dev, drv) => Number(idxd_dev_of(dev).kind === (drv as IdxdDriver).type),
  probe: (k, dev) =>
    ask(k, state.mod, 'probe', dev, function* () {
      const idxd_dev = idxd_dev_of(dev);
      const refused = refuses(state, idxd_dev);
      if (refused) return refused;
      idxd_dev.enabled = true;
      if (dev.driver!.name === 'user') idxd_dev.type = 'user';
      if (dev.driver!.name === 'dmaengine') idxd_dev.type = 'kernel';
      return 0;
    }),
  remove: (k, dev) =>
    tell(k, state.mod, 'remove', dev, function* () {
      idxd_dev_of(dev).enabled = false;
    }),
});

/** What a work queue is for. Source: wq_type_show(), wq_type_store(), drivers/dma/idxd/sysfs.c */
const wq_type: Attribute = {
  name: 'type',
  mode: 0o644,
  *show(_k, kobj) {
    return `${idxd_dev_of(kobj_to_dev(kobj)).type}\n`;
  },
  *store(_k, kobj, data) {
    const wq = idxd_dev_of(kobj_to_dev(kobj));
    const type = (['none', 'kernel', 'user'] as const).find((each) => sysfs_streq(data, each));
    if (wq.enabled) return -Errno.EPERM;
    if (!type) return -Errno.EINVAL;
    wq.type = type;
    return data.length;
  },
};

const DRIVER_OF: Readonly<Record<WqType, string | undefined>> = {
  none: undefined,
  kernel: 'dmaengine',
  user: 'user',
};

/** The driver that the old way means. */
const meant = ({ kind, type }: IdxdDev): string | undefined =>
  kind === 'device' ? 'idxd' : DRIVER_OF[type];

const by_name = (bus: Bus, data: string): Device | undefined =>
  bus.devices.find((each) => sysfs_streq(data, each.name));

/** Looks up device and driver by name and attaches them. Source: bind_store(), drivers/dma/idxd/compat.c */
function* compat_bind(k: Kernel, bus: Bus, data: string): MightSleep<number> {
  const dev = by_name(bus, data);
  if (!dev || dev.driver) return -Errno.ENODEV;
  const name = meant(idxd_dev_of(dev));
  const alt_drv = name === undefined ? undefined : driver_find(name, bus);
  if (!alt_drv) return -Errno.ENODEV;
  get_device(dev);
  const error = yield* device_driver_attach(k, alt_drv, dev);
  yield* put_device(k, dev);
  return error < 0 ? error : data.length;
}

/** Takes away whatever driver the device has. Source: unbind_store(), drivers/dma/idxd/compat.c */
function* compat_unbind(k: Kernel, bus: Bus, data: string): MightSleep<number> {
  const dev = by_name(bus, data);
  if (!dev?.driver) return -Errno.ENODEV;
  get_device(dev);
  yield* device_driver_detach(k, dev);
  yield* put_device(k, dev);
  return data.length;
}

const compat = (bus: Bus): Partial<IdxdDriver> => ({
  suppress_bind_attrs: true,
  groups: [
    {
      attrs: [
        { name: 'bind', mode: 0o200, store: (k, _kobj, data) => compat_bind(k, bus, data) },
        { name: 'unbind', mode: 0o200, store: (k, _kobj, data) => compat_unbind(k, bus, data) },
      ],
    },
  ],
});

const drivers = (bus: Bus, owner: Module): IdxdDriver[] => [
  { name: 'idxd', bus, owner, type: 'device' },
  { name: 'dmaengine', bus, owner, type: 'wq' },
  { name: 'user', bus, owner, type: 'wq' },
  { name: 'dsa', bus, owner, type: undefined, ...compat(bus) },
];

function* add(k: Kernel, state: State, name: string, kind: IdxdDev['kind']): MightSleep<number> {
  const groups = kind === 'wq' ? [{ attrs: [wq_type] }] : [];
  const dev = new Device({ name, bus: state.bus!, parent: state.root!, groups });
  const idxd_dev: IdxdDev = { dev, kind, enabled: false, type: 'none' };
  dev.owner = idxd_dev;
  state.devices.push(idxd_dev);
  return yield* device_register_or_put(k, dev);
}

export const idxd_bus: ModuleDefinition = rig_module<State>({
  name: 'idxd_bus',
  params: answers('probe'),
  imports: ['device_driver_attach'],
  state: (mod) => new State(mod),
  steps: [
    bus_step(bus_ops),
    root_step('0000:6a:01.0'),
    {
      *make(k, state) {
        for (const drv of drivers(state.bus!, state.mod)) {
          const error = yield* driver_register(k, drv);
          if (error) return error;
          state.drivers.push(drv);
        }
        return 0;
      },
      *undo(k, state) {
        for (const drv of state.drivers.reverse()) yield* driver_unregister(k, drv);
      },
    },
    {
      *make(k, state) {
        return (
          (yield* add(k, state, 'dsa0', 'device')) ||
          (yield* add(k, state, 'wq0.0', 'wq')) ||
          (yield* add(k, state, 'wq0.1', 'wq'))
        );
      },
      *undo(k, { devices }) {
        for (const { dev } of [...devices].reverse()) yield* device_unregister(k, dev);
      },
    },
  ],
});
