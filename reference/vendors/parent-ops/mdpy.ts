/** mdpy in the era of mdev_parent_ops, where it counts its devices itself. Source: samples/vfio-mdev/mdpy.c, 5.10 */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDevice, MdevParentOps, MdevTypeGroup } from '../../mdev/types.js';
import { MDPY_TYPES, MdpyDevice, type MdpyType } from '../mdpy-device.js';
import { device_log } from '../sample.js';
import { display_imports, vendor_file } from './display.js';
import { descriptor_ops, device_api, pin, sample_exit, sample_init, unpin } from './sample.js';

/** Source: struct mdev_state */
interface MdevState {
  readonly device: MdpyDevice;
  readonly type: MdpyType;
}

const state_of = (mdev: MdevDevice): MdevState => mdev.driver_data as MdevState;
export const size = ({ width, height }: MdpyType): string => `${width}x${height}`;

export const type_group = (
  name: string,
  type: MdpyType,
  available: () => number,
): MdevTypeGroup => ({
  name: name.replace(/^mdpy-/, ''),
  attrs: [
    { name: 'name', show: () => `${name}\n` },
    { name: 'description', show: () => `virtual display, ${size(type)} framebuffer\n` },
    device_api,
    { name: 'available_instances', show: () => `${available()}\n` },
  ],
});

/** The callbacks of one loaded module, with its counter. */
function mdpy_fops(mod: Module): MdevParentOps {
  let mdpy_count = 0;
  const available = (): number => (mod.params['count'] as number) - mdpy_count;
  return {
    driver: 'mdpy',
    owner: mod,
    mdev_attr_groups: vendor_file('resolution', (mdev) => `${size(state_of(mdev).type)}\n`),
    supported_type_groups: Object.entries(MDPY_TYPES).map(([name, type]) =>
      type_group(name, type, available),
    ),
    *create(k, { kobj }, mdev) {
      if (available() <= 0) return -Errno.ENOMEM;
      const name = kobj!.name as keyof typeof MDPY_TYPES;
      const type = MDPY_TYPES[name];
      dev_printk(k, LogLevel.INFO, mdev.dev, `mdpy_create: ${name} (${size(type)})`);
      const device = new MdpyDevice({ type, log: device_log(k, mdev.dev) });
      mdev.driver_data = { device, type } satisfies MdevState;
      mdpy_count++;
      return 0;
    },
    *remove(k, mdev) {
      dev_printk(k, LogLevel.INFO, mdev.dev, 'mdpy_remove');
      mdpy_count--;
      return 0;
    },
    *open() {
      return pin(mod);
    },
    *release() {
      unpin(mod);
    },
    ...descriptor_ops((mdev) => state_of(mdev).device),
    mmap: (_k, mdev, offset, length) => state_of(mdev).device.mmap(offset, length),
  };
}

export const mdpy_ops: ModuleDefinition = {
  name: 'mdpy',
  license: 'GPL v2',
  outOfTree: true,
  imports: display_imports,
  params: { count: { type: 'int', init: 4, mode: 0o444 } },
  init: (k, mod) =>
    sample_init(k, mod, mdpy_fops(mod), () => {
      printk(k, LogLevel.INFO, 'mdpy_dev_init: major <major>');
    }),
  exit: sample_exit,
};
