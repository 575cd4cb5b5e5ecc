/** mbochs, bound by its own driver. Source: samples/vfio-mdev/mbochs.c, the series (patch 05), 5.14 and 6.0 */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDevice } from '../../mdev/types.js';
import { MBOCHS_TYPES, MbochsDevice, mbochsPageCount } from '../mbochs-device.js';
import { MbochsRateLimits } from '../mbochs-planes.js';
import { vendor_file } from '../parent-ops/display.js';
import { type_group } from '../parent-ops/mbochs.js';
import { device_log, sample_exit, sample_load } from '../sample.js';
import { sample_driver, sample_imports, type Sample, type SampleEra } from './sample.js';

const name_of = ({ type }: MdevDevice) => type.kobj!.name as keyof typeof MBOCHS_TYPES;
const megabytes_of = (mdev: MdevDevice): number => MBOCHS_TYPES[name_of(mdev)].megabytes;

function mbochs_sample(k: Kernel, mod: Module, era: SampleEra): Sample {
  let mbochs_used_mbytes = 0;
  const free = (): number => (mod.params['count'] as number) - mbochs_used_mbytes;
  const rateLimits = new MbochsRateLimits(() => k.sched.now);
  return {
    name: 'mbochs',
    types: Object.entries(MBOCHS_TYPES).map(([name, type]) => type_group(name, type, free)),
    dev_groups: vendor_file('memory', (mdev) => `${megabytes_of(mdev)} MB\n`),
    pinsItself: true,
    budget: {
      take(mdev) {
        if (megabytes_of(mdev) > free()) return era.countsMemory ? -Errno.ENOSPC : -Errno.ENOMEM;
        mbochs_used_mbytes += megabytes_of(mdev);
        return 0;
      },
      give(mdev) {
        mbochs_used_mbytes -= megabytes_of(mdev);
      },
      lostByFailure: !era.countsMemory,
      givenEarly: !era.countsMemory,
    },
    make(k, mdev) {
      const type = MBOCHS_TYPES[name_of(mdev)];
      const device = new MbochsDevice({ type, log: device_log(k, mdev.dev), rateLimits });
      const text = `mbochs_probe: ${name_of(mdev)}, ${type.megabytes} MB, ${mbochsPageCount(type)} pages`;
      dev_printk(k, LogLevel.INFO, mdev.dev, text);
      return device;
    },
    closed(_k, device) {
      (device as MbochsDevice).closeDevice();
    },
  };
}

export const mbochs_probed = (era: SampleEra): ModuleDefinition => ({
  name: 'mbochs',
  license: 'GPL v2',
  outOfTree: true,
  imports: sample_imports(era),
  params: { count: { type: 'int', init: 256, mode: 0o444 } },
  init(k, mod) {
    const driver = sample_driver(mod, era, mbochs_sample(k, mod, era));
    return sample_load(k, mod, driver, era.offer(driver), () => {
      printk(k, LogLevel.INFO, 'mbochs_dev_init: major <major>');
    });
  },
  exit: sample_exit,
});
