/**
 * usbcore: a device with two interfaces; cdc_ether, which is asked for the first and claims the second
 * itself; and option, which fits the second. Source: drivers/usb/core/driver.c, drivers/net/usb/cdc_ether.c, 6.1
 */
import type { Bus } from '../kernel/bus.js';
import { device_add, device_del } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_release_driver } from '../kernel/dd.js';
import { Device, put_device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernfsNode } from '../kernel/kernfs.js';
import { kernel_root } from '../kernel/ksets.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { answers, ask, driver_module, rig_module, tell } from './rig.js';
import { bus_step, files_step, root_step } from './steps.js';

/** An interface, and whose other half it is. Source: struct usb_interface, usb_set_intfdata() */
interface Interface {
  readonly dev: Device;
  /** the other one of this device */
  other: Interface;
  intfdata?: Module | undefined;
}

/** Source: struct usb_driver */
interface UsbDriver extends DeviceDriver {
  readonly mod: Module;
  /** the number of the interface that it fits */
  readonly fits: string;
  /** whether it wants the other one, too */
  readonly claims: boolean;
}

const interface_of = (dev: Device): Interface => dev.owner as Interface;
const driver_of = (dev: Device): UsbDriver => dev.driver as UsbDriver;

/**
 * A driver takes an interface that it isn't asked for. One that isn't added yet is bound when it is.
 * The caller should hold the interface's lock; nothing checks that.
 * @returns 0, -EBUSY if it has a driver, or as device_bind_driver()
 * Source: usb_driver_claim_interface(), drivers/usb/core/driver.c, 6.1
 */
function* usb_driver_claim_interface(
  k: Kernel,
  drv: UsbDriver,
  intf: Interface,
): MightSleep<number> {
  const { dev } = intf;
  if (dev.driver) return -Errno.EBUSY;
  dev.driver = drv;
  intf.intfdata = drv.mod;
  const error = dev.registered ? yield* device_bind_driver(k, dev) : 0;
  if (!error) return 0;
  dev.driver = undefined;
  intf.intfdata = undefined;
  return error;
}

/** Source: usb_driver_release_interface() */
function* usb_driver_release_interface(
  k: Kernel,
  drv: UsbDriver,
  intf: Interface,
): MightSleep<void> {
  if (intf.dev.driver !== drv) return;
  if (intf.dev.registered) yield* device_release_driver(k, intf.dev);
  else intf.dev.driver = undefined;
}

/** Source: usb_probe_interface(), usbnet_generic_cdc_bind() */
function usb_probe_interface(k: Kernel, dev: Device): MightSleep<number> {
  const drv = driver_of(dev);
  const intf = interface_of(dev);
  return ask(k, drv.mod, 'probe', dev, function* () {
    const claimed = drv.claims ? yield* usb_driver_claim_interface(k, drv, intf.other) : 0;
    if (!claimed) intf.intfdata = drv.mod;
    return claimed;
  });
}

/** Each half lets the other one go, once. Source: usb_unbind_interface(), usbnet_cdc_unbind() */
function usb_unbind_interface(k: Kernel, dev: Device): MightSleep<void> {
  const drv = driver_of(dev);
  const intf = interface_of(dev);
  return tell(k, drv.mod, 'disconnect', dev, function* () {
    const paired = drv.claims && intf.intfdata;
    intf.intfdata = undefined;
    if (!paired) return;
    intf.other.intfdata = undefined;
    yield* usb_driver_release_interface(k, drv, intf.other);
  });
}

interface State {
  readonly mod: Module;
  bus?: Bus;
  /** the device itself, whose lock whoever adds or removes its interfaces holds */
  root?: Device;
  files?: KernfsNode;
  interfaces: Interface[];
}

function two_interfaces({ bus, root }: State): Interface[] {
  const halves = ['1-1:1.0', '1-1:1.1'].map((name) => {
    const dev = new Device({ name, bus: bus!, parent: root! });
    const half = { dev } as Interface;
    dev.owner = half;
    return half;
  });
  const [control, data] = halves as [Interface, Interface];
  control.other = data;
  data.other = control;
  return halves;
}

/** All interfaces are made before the first one is added. Source: usb_set_configuration() */
function* plug(k: Kernel, state: State): MightSleep<number> {
  if (state.interfaces.length > 0) return -Errno.EEXIST;
  state.interfaces = two_interfaces(state);
  yield* state.root!.mutex.lock(k);
  for (const { dev } of state.interfaces) yield* device_add(k, dev);
  state.root!.mutex.unlock(k);
  return 0;
}

/** Source: usb_disable_device() */
function* unplug(k: Kernel, state: State): MightSleep<number> {
  yield* state.root!.mutex.lock(k);
  for (const { dev } of state.interfaces) yield* device_del(k, dev);
  for (const { dev } of state.interfaces) yield* put_device(k, dev);
  state.interfaces = [];
  state.root!.mutex.unlock(k);
  return 0;
}

export const usbcore: ModuleDefinition = rig_module<State>({
  name: 'usbcore',
  exports: [{ name: 'usb_register_driver', gpl: true }],
  state: (mod) => ({ mod, interfaces: [] }),
  steps: [
    bus_step(() => ({
      name: 'usb',
      match: (_k, dev, drv) => Number(dev.name === (drv as UsbDriver).fits),
      need_parent_lock: true,
      probe: usb_probe_interface,
      remove: usb_unbind_interface,
    })),
    root_step('1-1'),
    {
      make: plug,
      undo: function* (k, state) {
        yield* unplug(k, state);
      },
    },
    files_step('usbcore', { plug, unplug }),
  ],
});

const usb_driver = (name: string, fits: string, claims: boolean): ModuleDefinition =>
  driver_module<UsbDriver>({
    name,
    params: answers('probe'),
    imports: ['usb_register_driver'],
    driver: (k, mod) => ({
      name,
      bus: kernel_root(k).buses.get('usb')!,
      owner: mod,
      mod,
      fits,
      claims,
    }),
  });

export const cdc_ether = usb_driver('cdc_ether', '1-1:1.0', true);
export const option = usb_driver('option', '1-1:1.1', false);
