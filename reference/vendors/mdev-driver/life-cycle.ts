/**
 * The drivers once the core allocates their VFIO devices, and types are still groups of attributes:
 * those of 6.1, with what they say of their types put into groups. Source: samples/vfio-mdev/,
 * September 2022
 */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDriver, MdevType, MdevTypeGroup } from '../../mdev/types.js';
import type { VfioDeviceOps } from '../../vfio/types.js';
import { binds_devices } from '../imports.js';
import { mbochs_driver, mbochs_types } from '../mbochs.js';
import { mdpy_dev_ops, mdpy_driver, mdpy_types } from '../mdpy.js';
import { MTTY_6_1 } from '../mtty-device.js';
import { mtty_driver, mtty_types } from '../mtty.js';
import { device_api } from '../parent-ops/sample.js';
import { sample_exit, sample_load, sample_probe } from '../sample.js';
import { allocated } from '../vfio-api.js';
import { offered_by_driver } from './offer.js';

/** A type of 6.1 as a group of attributes. */
const group = (driver: MdevDriver, type: MdevType): MdevTypeGroup => ({
  name: type.sysfs_name,
  type,
  attrs: [
    { name: 'name', show: () => `${type.pretty_name}\n` },
    ...(driver.show_description
      ? [{ name: 'description', show: driver.show_description.bind(driver) }]
      : []),
    device_api,
    {
      name: 'available_instances',
      show: (k: Kernel, of: MdevType) => `${driver.get_available!(k, of)}\n`,
    },
  ],
});

/** A driver doesn't say yet by which API its devices are used; its types do. */
const without_api = (driver: MdevDriver): MdevDriver =>
  Object.fromEntries(
    Object.entries(driver).filter(([name]) => name !== 'device_api'),
  ) as unknown as MdevDriver;

/** mdpy counts its devices where it initialises and releases them. */
function counted_mdpy(mod: Module): MdevDriver {
  const max_devices = mod.params['count'] as number;
  let mdpy_count = 0;
  const ops: VfioDeviceOps = {
    ...mdpy_dev_ops,
    *init(k, device) {
      if (mdpy_count >= max_devices) return -Errno.ENOMEM;
      mdpy_count++;
      return yield* mdpy_dev_ops.init!(k, device);
    },
    *release(k, device) {
      mdpy_count--;
      yield* mdpy_dev_ops.release!(k, device);
    },
  };
  return {
    ...mdpy_driver(mod),
    get_available: () => max_devices - mdpy_count,
    probe: (k, mdev) => sample_probe(k, mdev, ops),
  };
}

const imports = [
  ...binds_devices,
  'mdev_get_type_group_id',
  'mtype_get_type_group_id',
  ...allocated.imports,
];

function sample(
  of: Pick<ModuleDefinition, 'name' | 'version' | 'params'>,
  make: (k: Kernel, mod: Module) => MdevDriver,
  types: () => readonly MdevType[],
  major: string,
): ModuleDefinition {
  return {
    ...of,
    license: 'GPL v2',
    outOfTree: true,
    imports,
    init(k, mod) {
      const bare = without_api(make(k, mod));
      const driver: MdevDriver = {
        ...bare,
        supported_type_groups: types().map((type) => group(bare, type)),
      };
      return sample_load(k, mod, driver, offered_by_driver(driver), () => {
        printk(k, LogLevel.INFO, major);
      });
    },
    exit: sample_exit,
  };
}

const count = (init: number): ModuleDefinition['params'] => ({
  count: { type: 'int', init, mode: 0o444 },
});

const mtty = sample(
  { name: 'mtty', version: '0.1' },
  (_k, mod) => mtty_driver(mod, MTTY_6_1),
  mtty_types,
  'major_number:<major>',
);

export const mtty_2022: ModuleDefinition = {
  ...mtty,
  imports: [...imports, 'vfio_set_irqs_validate_and_prepare'],
  *init(k, mod) {
    printk(k, LogLevel.INFO, 'mtty_dev: mtty_dev_init');
    return yield* mtty.init!(k, mod);
  },
  *exit(k, mod) {
    yield* sample_exit(k, mod);
    printk(k, LogLevel.INFO, 'mtty_dev: Unloaded!');
  },
};

export const mdpy_2022 = sample(
  { name: 'mdpy', params: count(4)! },
  (_k, mod) => counted_mdpy(mod),
  mdpy_types,
  'mdpy_dev_init: major <major>',
);

export const mbochs_2022 = sample(
  { name: 'mbochs', params: count(256)! },
  mbochs_driver,
  mbochs_types,
  'mbochs_dev_init: major <major>',
);
