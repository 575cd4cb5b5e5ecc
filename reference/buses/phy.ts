/**
 * libphy: PHYs on an MDIO bus, the generic driver that a MAC gives to a PHY without one, and realtek,
 * a driver that fits. Source: drivers/net/phy/phy_device.c, 6.1
 */
import type { Bus } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_release_driver } from '../kernel/dd.js';
import { Device, get_device, put_device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import { kernel_root } from '../kernel/ksets.js';
import {
  module_put,
  try_module_get,
  type Module,
  type ModuleDefinition,
} from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { answers, ask, driver_module, flag, rig_module, take_resource, tell } from './rig.js';
import { bus_step, driver_step, files_step, root_step } from './steps.js';

interface State {
  readonly mod: Module;
  bus?: Bus;
  root?: Device;
  files?: KernfsNode;
  /** the driver for whom no other comes */
  drv?: DeviceDriver;
  phy?: Device;
  /** whether a MAC has the PHY */
  attached: boolean;
}

const GENPHY = 'Generic PHY';

const phy_driver = (name: string, bus: Bus, mod: Module): DeviceDriver => ({
  name,
  bus,
  owner: mod,
  probe(k, dev) {
    if (mod.params['devm']) take_resource(k, dev);
    return ask(k, mod, 'probe', dev);
  },
  remove: (k, dev) => tell(k, mod, 'remove', dev),
});

/** A PHY without a driver gets the generic one: asked by hand, and then bound. @returns 0 or -errno */
function* bind_genphy(k: Kernel, dev: Device): MightSleep<number> {
  const ret = yield* dev.driver!.probe!(k, dev);
  return ret >= 0 ? yield* device_bind_driver(k, dev) : ret;
}

/** A MAC takes a PHY. Source: phy_attach_direct() @returns 0 or -errno */
function* phy_attach_direct(k: Kernel, state: State): MightSleep<number> {
  const dev = get_device(state.phy!);
  const using_genphy = !dev.driver;
  if (using_genphy) dev.driver = state.drv;
  const { owner } = dev.driver!;
  const pinned = try_module_get(owner);
  const error = !pinned ? -Errno.EIO : using_genphy ? yield* bind_genphy(k, dev) : 0;
  if (!error) {
    const busy = state.attached;
    state.attached = true;
    if (busy) yield* phy_detach(k, state);
    return busy ? -Errno.EBUSY : 0;
  }
  if (pinned) {
    module_put(owner);
    if (k.profile.buses.phyForgetsDriver) dev.driver = undefined;
  }
  yield* put_device(k, dev);
  return error;
}

/** A MAC gives a PHY back; the generic driver doesn't stay in a better one's way. Source: phy_detach() */
function* phy_detach(k: Kernel, state: State): MightSleep<number> {
  const dev = state.phy!;
  if (!state.attached) return -Errno.ENODEV;
  state.attached = false;
  module_put(dev.driver?.owner);
  if (dev.driver === state.drv) yield* device_release_driver(k, dev);
  yield* put_device(k, dev);
  return 0;
}

export const libphy: ModuleDefinition = rig_module<State>({
  name: 'libphy',
  params: { ...answers('probe'), devm: flag(false) },
  exports: [{ name: 'phy_driver_register', gpl: false }],
  state: (mod) => ({ mod, attached: false }),
  steps: [
    // Source: phy_bus_match(); the generic driver has an id that no PHY has
    bus_step(() => ({ name: 'mdio_bus', match: (_k, _dev, drv) => Number(drv.name !== GENPHY) })),
    root_step('stub'),
    driver_step((_k, { bus, mod }) => phy_driver(GENPHY, bus!, mod)),
    {
      make(k, state) {
        state.phy = new Device({ name: 'stub:00', bus: state.bus!, parent: state.root! });
        return device_register_or_put(k, state.phy);
      },
      undo: (k, { phy }) => device_unregister(k, phy!),
    },
    files_step('libphy', { attach: phy_attach_direct, detach: phy_detach }),
  ],
});

export const realtek: ModuleDefinition = driver_module({
  name: 'realtek',
  params: answers('probe'),
  imports: ['phy_driver_register'],
  driver: (k, mod) => phy_driver('realtek', kernel_root(k).buses.get('mdio_bus')!, mod),
});
