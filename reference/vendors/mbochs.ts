/** mbochs, a display with memory from a budget. Source: samples/vfio-mdev/mbochs.c, 6.1 and 6.12 */
import { dev_printk, kobj_to_dev } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import { to_mdev_device, type MdevDevice, type MdevDriver, type MdevType } from '../mdev/types.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { MBOCHS_TYPES, MbochsDevice, mbochsPageCount, type MbochsType } from './mbochs-device.js';
import { MbochsRateLimits } from './mbochs-planes.js';
import { device_log, sample_exit, sample_init, sample_probe, sample_remove } from './sample.js';

interface MbochsMdevType extends MdevType {
  readonly size: MbochsType;
}

export const mbochs_types = (): MbochsMdevType[] =>
  Object.entries(MBOCHS_TYPES).map(([name, size]) => ({
    sysfs_name: name.replace(/^mbochs-/, ''),
    pretty_name: name,
    size,
  }));

const size_of = (mdev: MdevDevice): MbochsType => (mdev.type as MbochsMdevType).size;
const megabytes_of = (device: VfioDevice): number => size_of(to_mdev_device(device.dev)).megabytes;
const device_of = (device: VfioDevice): MbochsDevice => device.driver_data as MbochsDevice;

const mdev_dev_groups: readonly AttributeGroup[] = [
  {
    name: 'vendor',
    attrs: [
      {
        name: 'memory',
        mode: 0o444,
        *show(_k, kobj) {
          return `${size_of(to_mdev_device(kobj_to_dev(kobj))).megabytes} MB\n`;
        },
      },
    ],
  },
];

/**
 * The driver of one loaded module: its budget of memory lives as long as that. The size of a type
 * has no sign, so a negative budget counts as a huge one.
 */
export function mbochs_driver(k: Kernel, mod: Module): MdevDriver {
  let mbochs_avail_mbytes = (mod.params['count'] as number) >>> 0;
  const rateLimits = new MbochsRateLimits(() => k.sched.now);

  const mbochs_dev_ops: VfioDeviceOps = {
    driver: 'mbochs',
    *init(k, device) {
      const mdev = to_mdev_device(device.dev);
      const type = size_of(mdev);
      if (mbochs_avail_mbytes < type.megabytes) return -Errno.ENOSPC;
      mbochs_avail_mbytes -= type.megabytes;
      device.driver_data = new MbochsDevice({ type, log: device_log(k, device.dev), rateLimits });
      const pages = mbochsPageCount(type);
      const text = `mbochs_init_dev: ${mdev.type.pretty_name}, ${type.megabytes} MB, ${pages} pages`;
      dev_printk(k, LogLevel.INFO, device.dev, text);
      return 0;
    },
    *release(_k, device) {
      mbochs_avail_mbytes += megabytes_of(device);
    },
    *close_device(_k, device) {
      device_of(device).closeDevice();
    },
    read: (_k, device, count, pos) => device_of(device).read(pos, count),
    write: (_k, device, data, pos) => device_of(device).write(pos, data),
    ioctl: (_k, device, request, arg) => device_of(device).ioctl(request, arg.memory),
    mmap: (_k, device, offset, length) => device_of(device).mmap(offset, length),
  };

  return {
    name: 'mbochs',
    owner: mod,
    device_api: 'vfio-pci',
    max_instances: 0,
    dev_groups: mdev_dev_groups,
    get_available: (_k, type) =>
      Math.floor(mbochs_avail_mbytes / (type as MbochsMdevType).size.megabytes),
    show_description: (_k, type) =>
      `virtual display, ${(type as MbochsMdevType).size.megabytes} MB video memory\n`,
    probe: (k, mdev) => sample_probe(k, mdev, mbochs_dev_ops),
    remove: sample_remove,
  };
}

/**
 * The module of one era.
 * @param imports what it needs of mdev.ko and vfio.ko
 */
export function mbochs(imports: readonly string[]): ModuleDefinition {
  return {
    name: 'mbochs',
    license: 'GPL v2',
    outOfTree: true,
    imports,
    params: { count: { type: 'int', init: 256, mode: 0o444 } },
    init: (k, mod) =>
      sample_init(k, mod, mbochs_driver(k, mod), mbochs_types(), () => {
        printk(k, LogLevel.INFO, 'mbochs_dev_init: major <major>');
      }),
    exit: sample_exit,
  };
}
