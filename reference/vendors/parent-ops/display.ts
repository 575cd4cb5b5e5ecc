/** What mdpy and mbochs need of mdev.ko, and a file of each of their devices. */
import { kobj_to_dev } from '../../kernel/device.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import { to_mdev_device, type MdevDevice } from '../../mdev/types.js';
import { registers_device } from '../imports.js';

export const display_imports: readonly string[] = [
  'mdev_dev',
  'mdev_from_dev',
  'mdev_get_drvdata',
  ...registers_device,
  'mdev_set_drvdata',
];

/** The directory `vendor` with one file. */
export const vendor_file = (
  name: string,
  show: (mdev: MdevDevice) => string,
): readonly AttributeGroup[] => [
  {
    name: 'vendor',
    attrs: [
      {
        name,
        mode: 0o444,
        *show(_k, kobj) {
          return show(to_mdev_device(kobj_to_dev(kobj)));
        },
      },
    ],
  },
];
