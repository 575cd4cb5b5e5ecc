/**
 * Proprietary modules that bind their devices: mprop_mdev does without VFIO, mprop_vfio registers a
 * VFIO device, which takes symbols that are for GPL modules only in every era but the one of the
 * series' patch 09. assumed: no kernel of these eras was recorded
 */
import { Errno } from '../../kernel/errno.js';
import { File } from '../../kernel/file.js';
import { misc_deregister, misc_register, type MiscDevice } from '../../kernel/misc.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import { mdev_register_driver, mdev_unregister_driver } from '../../mdev/driver.js';
import type { MdevDriver } from '../../mdev/types.js';
import { vfio_unregister_group_dev } from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { registers_device, registers_driver } from '../imports.js';
import { device_api } from '../parent-ops/sample.js';
import type { Offer } from '../sample.js';
import type { VfioApi } from '../vfio-api.js';
import type { OfferForm } from './offer.js';

const dev_ops = (name: string): VfioDeviceOps => ({
  driver: name,
  per_fd: {
    *open() {
      return 0;
    },
    *release() {
      // There is nothing to give back.
    },
  },
  *init() {
    return 0;
  },
  *release() {
    // The device is the model's memory.
  },
  ioctl: () => -Errno.ENOTTY,
});

function pr_driver(mod: Module, vfio: VfioApi | undefined): MdevDriver {
  const { name } = mod;
  return {
    name,
    owner: mod,
    supported_type_groups: [
      {
        name: 'p',
        attrs: [
          { name: 'name', show: () => 'proprietary type\n' },
          device_api,
          { name: 'available_instances', show: () => '2\n' },
        ],
      },
    ],
    *probe(k, { dev }) {
      printk(k, LogLevel.INFO, `${name}: probe`);
      if (!vfio) return 0;
      const device = (yield* vfio.alloc(k, dev, dev_ops(name))) as VfioDevice;
      const error = yield* vfio.register(k, device);
      if (error) yield* vfio.free(k, device);
      else dev.driver_data = device;
      return error;
    },
    *remove(k, { dev }) {
      printk(k, LogLevel.INFO, `${name}: remove`);
      if (!vfio) return;
      const device = dev.driver_data as VfioDevice;
      yield* vfio_unregister_group_dev(k, device);
      yield* vfio.free(k, device);
    },
  };
}

interface State {
  readonly misc: MiscDevice;
  readonly driver: MdevDriver;
  readonly offer: Offer;
}

const states = new WeakMap<Module, State>();

/** @param vfio how it registers a VFIO device, if it does */
export const mprop_probed = (offered: OfferForm, vfio?: VfioApi): ModuleDefinition => ({
  name: vfio ? 'mprop_vfio' : 'mprop_mdev',
  license: 'Proprietary',
  outOfTree: true,
  imports: [
    ...registers_device,
    ...registers_driver,
    ...(vfio ? ['vfio_unregister_group_dev', ...vfio.imports] : []),
  ],

  *init(k, mod) {
    const misc: MiscDevice = {
      owner: mod,
      name: mod.name.replace(/_mdev$/, ''),
      *open(_k, mode) {
        return new File({ kind: 'mprop' }, mode);
      },
    };
    const registered = yield* misc_register(k, misc);
    if (registered) return registered;
    const driver = pr_driver(mod, vfio);
    let error = yield* mdev_register_driver(k, driver);
    if (!error) {
      const offer = offered(driver);
      error = yield* offer.register(k, misc.this_device!);
      if (!error) {
        states.set(mod, { misc, driver, offer });
        return 0;
      }
      yield* mdev_unregister_driver(k, driver);
    }
    yield* misc_deregister(k, misc);
    return error;
  },

  *exit(k, mod) {
    const { misc, driver, offer } = states.get(mod)!;
    yield* offer.unregister(k, misc.this_device!);
    yield* mdev_unregister_driver(k, driver);
    yield* misc_deregister(k, misc);
  },
});
