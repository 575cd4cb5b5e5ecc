/** mbochs in the era of mdev_parent_ops. Source: samples/vfio-mdev/mbochs.c, 5.10 */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDevice, MdevParentOps, MdevTypeGroup } from '../../mdev/types.js';
import { MBOCHS_TYPES, MbochsDevice, mbochsPageCount, type MbochsType } from '../mbochs-device.js';
import { MbochsRateLimits } from '../mbochs-planes.js';
import { device_log } from '../sample.js';
import { display_imports, vendor_file } from './display.js';
import { descriptor_ops, device_api, pin, sample_exit, sample_init, unpin } from './sample.js';

/** Source: struct mdev_state */
interface MdevState {
  readonly device: MbochsDevice;
  readonly type: MbochsType;
}

const state_of = (mdev: MdevDevice): MdevState => mdev.driver_data as MdevState;

export const type_group = (name: string, type: MbochsType, free: () => number): MdevTypeGroup => ({
  name: name.replace(/^mbochs-/, ''),
  attrs: [
    { name: 'name', show: () => `${name}\n` },
    { name: 'description', show: () => `virtual display, ${type.megabytes} MB video memory\n` },
    device_api,
    { name: 'available_instances', show: () => `${Math.trunc(free() / type.megabytes)}\n` },
  ],
});

/** The callbacks of one loaded module, with its budget of memory. */
function mdev_fops(k: Kernel, mod: Module): MdevParentOps {
  let mbochs_used_mbytes = 0;
  const rateLimits = new MbochsRateLimits(() => k.sched.now);
  const free = (): number => (mod.params['count'] as number) - mbochs_used_mbytes;
  return {
    driver: 'mbochs',
    owner: mod,
    mdev_attr_groups: vendor_file('memory', (mdev) => `${state_of(mdev).type.megabytes} MB\n`),
    supported_type_groups: Object.entries(MBOCHS_TYPES).map(([name, type]) =>
      type_group(name, type, free),
    ),
    *create(k, { kobj }, mdev) {
      const name = kobj!.name as keyof typeof MBOCHS_TYPES;
      const type = MBOCHS_TYPES[name];
      if (type.megabytes > free()) return -Errno.ENOMEM;
      const pages = mbochsPageCount(type);
      const text = `mbochs_create: ${name}, ${type.megabytes} MB, ${pages} pages`;
      dev_printk(k, LogLevel.INFO, mdev.dev, text);
      const device = new MbochsDevice({ type, log: device_log(k, mdev.dev), rateLimits });
      mdev.driver_data = { device, type } satisfies MdevState;
      mbochs_used_mbytes += type.megabytes;
      return 0;
    },
    *remove(_k, mdev) {
      mbochs_used_mbytes -= state_of(mdev).type.megabytes;
      return 0;
    },
    *open() {
      return pin(mod);
    },
    *release(_k, mdev) {
      state_of(mdev).device.closeDevice();
      unpin(mod);
    },
    ...descriptor_ops((mdev) => state_of(mdev).device),
    mmap: (_k, mdev, offset, length) => state_of(mdev).device.mmap(offset, length),
  };
}

export const mbochs_ops: ModuleDefinition = {
  name: 'mbochs',
  license: 'GPL v2',
  outOfTree: true,
  imports: display_imports,
  params: { count: { type: 'int', init: 256, mode: 0o444 } },
  init: (k, mod) =>
    sample_init(k, mod, mdev_fops(k, mod), () => {
      printk(k, LogLevel.INFO, 'mbochs_dev_init: major <major>');
    }),
  exit: sample_exit,
};
