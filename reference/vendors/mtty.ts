/** mtty, serial ports over PCI. Source: samples/vfio-mdev/mtty.c, 6.1 and 6.12 */
import { Errno } from '../kernel/errno.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import type { MdevDriver, MdevType } from '../mdev/types.js';
import { to_mdev_device } from '../mdev/types.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { MttyDevice, type MttyEra } from './mtty-device.js';
import { device_log, sample_exit, sample_init, sample_probe, sample_remove } from './sample.js';

/** Ports that all devices share. */
const MAX_MTTYS = 24;

interface MttyType extends MdevType {
  readonly nr_ports: 1 | 2;
}

const mdev_dev_groups: readonly AttributeGroup[] = [
  {
    name: 'vendor',
    attrs: [
      {
        name: 'sample_mdev_dev',
        mode: 0o444,
        *show(_k, kobj) {
          return `This is MDEV ${kobj.name}\n`;
        },
      },
    ],
  },
];

const device_of = (device: VfioDevice): MttyDevice => device.driver_data as MttyDevice;
const ports_of = (device: VfioDevice): number =>
  (to_mdev_device(device.dev).type as MttyType).nr_ports;

/** The driver of one loaded module: its budget of ports lives as long as that. */
export function mtty_driver(mod: Module, era: MttyEra): MdevDriver {
  let mdev_avail_ports = MAX_MTTYS;

  const mtty_dev_ops: VfioDeviceOps = {
    name: 'vfio-mtty',
    driver: 'mtty',
    *init(k, device) {
      const nr_ports = ports_of(device);
      if (mdev_avail_ports < nr_ports) return -Errno.ENOSPC;
      mdev_avail_ports -= nr_ports;
      device.driver_data = new MttyDevice({
        type: { ports: nr_ports as 1 | 2 },
        era,
        log: device_log(k, device.dev),
      });
      return 0;
    },
    *release(_k, device) {
      mdev_avail_ports += ports_of(device);
    },
    ...(era.hasCloseDevice
      ? {
          *close_device(_k, device) {
            device_of(device).closeDevice();
          },
        }
      : {}),
    read: (_k, device, count, pos) => device_of(device).read(pos, count),
    write: (_k, device, data, pos) => device_of(device).write(pos, data),
    ioctl: (_k, device, request, arg) => device_of(device).ioctl(request, arg.memory),
  };

  return {
    name: 'mtty',
    owner: mod,
    device_api: 'vfio-pci',
    max_instances: 0,
    dev_groups: mdev_dev_groups,
    get_available: (_k, type) => Math.floor(mdev_avail_ports / (type as MttyType).nr_ports),
    probe: (k, mdev) => sample_probe(k, mdev, mtty_dev_ops),
    remove: sample_remove,
  };
}

export const mtty_types = (): MttyType[] => [
  { sysfs_name: '1', pretty_name: 'Single port serial', nr_ports: 1 },
  { sysfs_name: '2', pretty_name: 'Dual port serial', nr_ports: 2 },
];

/**
 * The module of one era.
 * @param imports what it needs of mdev.ko and vfio.ko
 */
export function mtty(era: MttyEra, imports: readonly string[]): ModuleDefinition {
  return {
    name: 'mtty',
    license: 'GPL v2',
    version: '0.1',
    outOfTree: true,
    imports,
    *init(k, mod) {
      printk(k, LogLevel.INFO, 'mtty_dev: mtty_dev_init');
      return yield* sample_init(k, mod, mtty_driver(mod, era), mtty_types(), () => {
        printk(k, LogLevel.INFO, 'major_number:<major>');
      });
    },
    *exit(k, mod) {
      yield* sample_exit(k, mod);
      printk(k, LogLevel.INFO, 'mtty_dev: Unloaded!');
    },
  };
}
