/** mdpy, bound by its own driver. Source: samples/vfio-mdev/mdpy.c, the series (patch 04), 5.14 and 6.0 */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDevice } from '../../mdev/types.js';
import { MDPY_TYPES, MdpyDevice } from '../mdpy-device.js';
import { vendor_file } from '../parent-ops/display.js';
import { size, type_group } from '../parent-ops/mdpy.js';
import { device_log, sample_exit, sample_load } from '../sample.js';
import { sample_driver, sample_imports, type Sample, type SampleEra } from './sample.js';

const name_of = ({ type }: MdevDevice) => type.kobj!.name as keyof typeof MDPY_TYPES;

function mdpy_sample(mod: Module): Sample {
  let mdpy_count = 0;
  const available = (): number => (mod.params['count'] as number) - mdpy_count;
  return {
    name: 'mdpy',
    types: Object.entries(MDPY_TYPES).map(([name, type]) => type_group(name, type, available)),
    dev_groups: vendor_file('resolution', (mdev) => `${size(MDPY_TYPES[name_of(mdev)])}\n`),
    pinsItself: true,
    budget: {
      take() {
        if (available() <= 0) return -Errno.ENOMEM;
        mdpy_count++;
        return 0;
      },
      give() {
        mdpy_count--;
      },
      // It is counted before it is registered, and a failure doesn't take that back. Source: mdpy_probe()
      lostByFailure: true,
    },
    make(k, mdev) {
      const type = MDPY_TYPES[name_of(mdev)];
      const device = new MdpyDevice({ type, log: device_log(k, mdev.dev) });
      dev_printk(k, LogLevel.INFO, mdev.dev, `mdpy_probe: ${name_of(mdev)} (${size(type)})`);
      return device;
    },
    removing(k, mdev) {
      dev_printk(k, LogLevel.INFO, mdev.dev, 'mdpy_remove');
    },
  };
}

export const mdpy_probed = (era: SampleEra): ModuleDefinition => ({
  name: 'mdpy',
  license: 'GPL v2',
  outOfTree: true,
  imports: sample_imports(era),
  params: { count: { type: 'int', init: 4, mode: 0o444 } },
  init(k, mod) {
    const driver = sample_driver(mod, era, mdpy_sample(mod));
    return sample_load(k, mod, driver, era.offer(driver), () => {
      printk(k, LogLevel.INFO, 'mdpy_dev_init: major <major>');
    });
  },
  exit: sample_exit,
});
