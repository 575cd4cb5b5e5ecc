/** mdpy, a display with a framebuffer. Source: samples/vfio-mdev/mdpy.c, 6.1 and 6.12 */
import { dev_printk } from '../kernel/device.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel, printk } from '../kernel/printk.js';
import type { AttributeGroup } from '../kernel/sysfs.js';
import { kobj_to_dev } from '../kernel/device.js';
import { to_mdev_device, type MdevDevice, type MdevDriver, type MdevType } from '../mdev/types.js';
import type { VfioDevice, VfioDeviceOps } from '../vfio/types.js';
import { MdpyDevice, MDPY_TYPES, type MdpyType } from './mdpy-device.js';
import { device_log, sample_exit, sample_init, sample_probe, sample_remove } from './sample.js';

interface MdpyMdevType extends MdevType {
  readonly mode: MdpyType;
}

export const mdpy_types = (): MdpyMdevType[] =>
  Object.entries(MDPY_TYPES).map(([name, mode]) => ({
    sysfs_name: name.replace(/^mdpy-/, ''),
    pretty_name: name,
    mode,
  }));

const mode_of = (mdev: MdevDevice): MdpyType => (mdev.type as MdpyMdevType).mode;
const device_of = (device: VfioDevice): MdpyDevice => device.driver_data as MdpyDevice;

const mdev_dev_groups: readonly AttributeGroup[] = [
  {
    name: 'vendor',
    attrs: [
      {
        name: 'resolution',
        mode: 0o444,
        *show(_k, kobj) {
          const { width, height } = mode_of(to_mdev_device(kobj_to_dev(kobj)));
          return `${width}x${height}\n`;
        },
      },
    ],
  },
];

export const mdpy_dev_ops: VfioDeviceOps = {
  driver: 'mdpy',
  *init(k, device) {
    const mdev = to_mdev_device(device.dev);
    const type = mode_of(mdev);
    device.driver_data = new MdpyDevice({ type, log: device_log(k, device.dev) });
    const text = `mdpy_init_dev: ${mdev.type.pretty_name} (${type.width}x${type.height})`;
    dev_printk(k, LogLevel.INFO, device.dev, text);
    return 0;
  },
  *release() {
    // The framebuffer is the model's memory, which needs no giving back.
  },
  read: (_k, device, count, pos) => device_of(device).read(pos, count),
  write: (_k, device, data, pos) => device_of(device).write(pos, data),
  ioctl: (_k, device, request, arg) => device_of(device).ioctl(request, arg.memory),
  mmap: (_k, device, offset, length) => device_of(device).mmap(offset, length),
};

/** The limit is the core's, per parent. */
export function mdpy_driver(mod: Module): MdevDriver {
  return {
    name: 'mdpy',
    owner: mod,
    device_api: 'vfio-pci',
    max_instances: mod.params['count'] as number,
    dev_groups: mdev_dev_groups,
    show_description: (_k, type) => {
      const { width, height } = (type as MdpyMdevType).mode;
      return `virtual display, ${width}x${height} framebuffer\n`;
    },
    probe: (k, mdev) => sample_probe(k, mdev, mdpy_dev_ops),
    *remove(k, mdev) {
      dev_printk(k, LogLevel.INFO, mdev.dev, 'mdpy_remove');
      yield* sample_remove(k, mdev);
    },
  };
}

/**
 * The module of one era.
 * @param imports what it needs of mdev.ko and vfio.ko
 */
export function mdpy(imports: readonly string[]): ModuleDefinition {
  return {
    name: 'mdpy',
    license: 'GPL v2',
    outOfTree: true,
    imports,
    params: { count: { type: 'int', init: 4, mode: 0o444 } },
    init: (k, mod) =>
      sample_init(k, mod, mdpy_driver(mod), mdpy_types(), () => {
        printk(k, LogLevel.INFO, 'mdpy_dev_init: major <major>');
      }),
    exit: sample_exit,
  };
}
