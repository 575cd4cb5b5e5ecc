/** mdrv, a second driver on the mdev bus, which takes every device. Source: the test module of the recordings (design, section 9) */
import { dev_printk } from '../../kernel/device.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel } from '../../kernel/printk.js';
import { mdev_register_driver, mdev_unregister_driver } from '../../mdev/driver.js';
import type { MdevDriver } from '../../mdev/types.js';
import { registers_driver } from '../imports.js';

const drv = (mod: Module): MdevDriver => ({
  name: 'mdrv',
  owner: mod,
  *probe(k, { dev }) {
    const ret = mod.params['probe_ret'] as number;
    dev_printk(k, LogLevel.INFO, dev, `md_probe -> ${ret}`);
    return ret;
  },
  *remove(k, { dev }) {
    dev_printk(k, LogLevel.INFO, dev, 'md_remove');
  },
});

const drivers = new WeakMap<Module, MdevDriver>();

export const mdrv: ModuleDefinition = {
  name: 'mdrv',
  license: 'GPL',
  outOfTree: true,
  imports: registers_driver,
  params: { probe_ret: { type: 'int', init: 0, mode: 0o644 } },
  *init(k, mod) {
    const driver = drv(mod);
    drivers.set(mod, driver);
    return yield* mdev_register_driver(k, driver);
  },
  *exit(k, mod) {
    yield* mdev_unregister_driver(k, drivers.get(mod)!);
  },
};
