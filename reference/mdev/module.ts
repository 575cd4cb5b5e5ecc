/** The module mdev.ko. Source: drivers/vfio/mdev/mdev_core.c, mdev_init(), mdev_exit(), 6.1 */
import { bus_register, bus_unregister } from '../kernel/bus.js';
import { class_compat_register, class_compat_unregister } from '../kernel/class.js';
import { Errno } from '../kernel/errno.js';
import type { ModuleDefinition } from '../kernel/module.js';
import { mdev_bus_type } from './driver.js';
import { mdev_core } from './state.js';

export const mdev: ModuleDefinition = {
  name: 'mdev',
  license: 'GPL v2',
  version: '0.1',
  imports: [],
  exports: [
    'mdev_register_parent',
    'mdev_unregister_parent',
    'mdev_register_driver',
    'mdev_unregister_driver',
  ].map((name) => ({ name, gpl: false })),

  *init(k) {
    const core = mdev_core(k);
    const bus = yield* bus_register(k, mdev_bus_type);
    if (typeof bus === 'number') return bus;
    const cls = yield* class_compat_register(k, 'mdev_bus');
    if (typeof cls === 'number') {
      yield* bus_unregister(k, bus);
      return -Errno.ENOMEM;
    }
    core.bus = bus;
    core.compat_class = cls;
    return 0;
  },

  *exit(k) {
    const core = mdev_core(k);
    yield* class_compat_unregister(k, core.compat_class!);
    yield* bus_unregister(k, core.bus!);
  },
};
