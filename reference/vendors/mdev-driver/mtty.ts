/** mtty, bound by its own driver. Source: samples/vfio-mdev/mtty.c, the series (patch 03), 5.14 and 6.0 */
import { Errno } from '../../kernel/errno.js';
import type { ModuleDefinition } from '../../kernel/module.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { MdevDevice } from '../../mdev/types.js';
import { MTTY_6_1, MttyDevice } from '../mtty-device.js';
import { MAX_MTTYS, mdev_dev_groups, mtty_dev_groups, type_group } from '../parent-ops/mtty.js';
import { device_log, sample_exit, sample_load } from '../sample.js';
import { sample_driver, sample_imports, type Sample, type SampleEra } from './sample.js';

const ports_of = ({ type }: MdevDevice): 1 | 2 => (type.sysfs_name === '1' ? 1 : 2);

/** Without a limit the number of free ports is told, and not kept. */
function mtty_sample(era: SampleEra): Sample {
  let used = 0;
  const told = (): number => used;
  return {
    name: 'mtty',
    opsName: 'vfio-mtty',
    types: [type_group(1, told), type_group(2, told)],
    dev_groups: mdev_dev_groups,
    budget: {
      take(mdev) {
        if (era.limitsPorts && used + ports_of(mdev) > MAX_MTTYS) return -Errno.ENOSPC;
        used += ports_of(mdev);
        return 0;
      },
      give(mdev) {
        used -= ports_of(mdev);
      },
      // The entry stays in the list of devices, which is what the count is made from.
      lostByFailure: !era.limitsPorts,
    },
    make: (k, mdev) =>
      new MttyDevice({
        type: { ports: ports_of(mdev) },
        // assumed: a device as in 6.1, where a recording tells
        era: MTTY_6_1,
        log: device_log(k, mdev.dev),
      }),
    ...(era.perFd
      ? {
          opened(k) {
            printk(k, LogLevel.INFO, 'mtty_open');
          },
          closed(k) {
            printk(k, LogLevel.INFO, 'mtty_close');
          },
        }
      : {}),
  };
}

export const mtty_probed = (era: SampleEra): ModuleDefinition => ({
  name: 'mtty',
  license: 'GPL v2',
  version: '0.1',
  outOfTree: true,
  imports: [...sample_imports(era), 'vfio_set_irqs_validate_and_prepare'],
  *init(k, mod) {
    printk(k, LogLevel.INFO, 'mtty_dev: mtty_dev_init');
    const driver = sample_driver(mod, era, mtty_sample(era));
    return yield* sample_load(k, mod, driver, era.offer(driver, mtty_dev_groups), () => {
      printk(k, LogLevel.INFO, 'major_number:<major>');
    });
  },
  *exit(k, mod) {
    yield* sample_exit(k, mod);
    printk(k, LogLevel.INFO, 'mtty_dev: Unloaded!');
  },
});
