/** mtty in the era of mdev_parent_ops, where nothing limits its devices. Source: samples/vfio-mdev/mtty.c, 5.10 */
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import type { MdevDevice, MdevParentOps, MdevTypeGroup } from '../../mdev/types.js';
import { registers_device } from '../imports.js';
import { device_log } from '../sample.js';
import { MttyDevice, type MttyEra } from '../mtty-device.js';
import { descriptor_ops, device_api, sample_exit, sample_init } from './sample.js';

/** Ports that all devices share; the number is told, and not kept. */
export const MAX_MTTYS = 24;

/** Source: struct mdev_state */
interface MdevState {
  readonly device: MttyDevice;
  readonly nr_ports: 1 | 2;
}

const state_of = (mdev: MdevDevice): MdevState => mdev.driver_data as MdevState;

const shown = (name: string, text: (name: string) => string) => ({
  name,
  mode: 0o444,
  *show(_k: Kernel, kobj: { readonly name: string }) {
    return text(kobj.name);
  },
});

export const mtty_dev_groups: readonly AttributeGroup[] = [
  { name: 'mtty_dev', attrs: [shown('sample_mtty_dev', () => 'This is phy device\n')] },
];

export const mdev_dev_groups: readonly AttributeGroup[] = [
  { name: 'vendor', attrs: [shown('sample_mdev_dev', (name) => `This is MDEV ${name}\n`)] },
];

const NAMES = { 1: 'Single port serial', 2: 'Dual port serial' } as const;

/**
 * A type is its number of ports.
 * @param used ports of all devices, which may be more than there are
 */
export const type_group = (ports: 1 | 2, used: () => number): MdevTypeGroup => ({
  name: String(ports),
  attrs: [
    { name: 'name', show: () => `${NAMES[ports]}\n` },
    device_api,
    {
      name: 'available_instances',
      show() {
        return `${Math.trunc((MAX_MTTYS - used()) / ports)}\n`;
      },
    },
  ],
});

/** The callbacks of one loaded module, with its list of devices. */
function mdev_fops(mod: Module, era: MttyEra): MdevParentOps {
  const mdev_devices_list = new Set<MdevState>();
  const used = (): number =>
    [...mdev_devices_list].reduce((sum, { nr_ports }) => sum + nr_ports, 0);
  return {
    driver: 'mtty',
    owner: mod,
    dev_attr_groups: mtty_dev_groups,
    mdev_attr_groups: mdev_dev_groups,
    supported_type_groups: [type_group(1, used), type_group(2, used)],
    *create(k, type, mdev) {
      const nr_ports = type.sysfs_name === '1' ? 1 : 2;
      const log = device_log(k, mdev.dev);
      const device = new MttyDevice({ type: { ports: nr_ports }, era, log });
      const state: MdevState = { device, nr_ports };
      mdev.driver_data = state;
      mdev_devices_list.add(state);
      return 0;
    },
    *remove(_k, mdev) {
      mdev_devices_list.delete(state_of(mdev));
      return 0;
    },
    *open(k) {
      printk(k, LogLevel.INFO, 'mtty_open');
      return 0;
    },
    *release(k) {
      printk(k, LogLevel.INFO, 'mtty_close');
    },
    ...descriptor_ops((mdev) => state_of(mdev).device),
  };
}

/** The module; it needs VFIO for the check of the interrupt requests alone. */
export const mtty_ops = (era: MttyEra): ModuleDefinition => ({
  name: 'mtty',
  license: 'GPL v2',
  version: '0.1',
  outOfTree: true,
  imports: [
    'mdev_from_dev',
    'mdev_get_drvdata',
    'mdev_parent_dev',
    ...registers_device,
    'mdev_set_drvdata',
    'vfio_set_irqs_validate_and_prepare',
  ],
  *init(k, mod) {
    printk(k, LogLevel.INFO, 'mtty_dev: mtty_dev_init');
    return yield* sample_init(k, mod, mdev_fops(mod, era), () => {
      printk(k, LogLevel.INFO, 'major_number:<major>');
    });
  },
  *exit(k, mod) {
    yield* sample_exit(k, mod);
    printk(k, LogLevel.INFO, 'mtty_dev: Unloaded!');
  },
});
