/** vfio_ap in the era of mdev_parent_ops, which for it lasts up to 5.14. Source: drivers/s390/crypto/vfio_ap_ops.c, 5.10 to 5.14 */
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type { MdevDevice, MdevParentOps } from '../../mdev/types.js';
import { registers_device } from '../imports.js';
import { matrix_groups } from './attributes.js';
import { vfio_ap_ioctl } from './descriptor.js';
import { vfio_ap_mdev_open, vfio_ap_mdev_release, type Opened } from './guest.js';
import { matrix_of, type MatrixDev } from './matrix.js';
import type { ApEra } from './module.js';
import { counted_type } from './type.js';

const EXCLUSIVE = { strict: true } as const;

/** What is said of a device that is removed. @returns 0 or -errno */
type Refusal = (mdev: MdevDevice) => number;

/** It stays what it is, whatever becomes of the mediated device. Source: vfio_ap_mdev_remove(), 5.10 and 5.13 */
export const busy: Refusal = (mdev) => (matrix_of(mdev).kvm ? -Errno.EBUSY : 0);

/** Nobody asks; what the guest held of it is not given back. Source: vfio_ap_mdev_remove(), 5.14 */
const regardless: Refusal = () => 0;

/** The callbacks of one loaded module. */
export function matrix_ops(mod: Module, matrix: MatrixDev, refuse: Refusal): MdevParentOps {
  const opened = (mdev: MdevDevice): Opened => ({
    mod,
    matrix,
    dev: mdev.dev,
    device: matrix_of(mdev),
  });
  return {
    driver: 'vfio_ap',
    owner: mod,
    mdev_attr_groups: matrix_groups(matrix),
    supported_type_groups: [counted_type(matrix)],
    *create(k, _type, mdev) {
      if (matrix.available_instances === 0) return -Errno.EPERM;
      matrix.available_instances--;
      mdev.driver_data = yield* matrix.add(k);
      return 0;
    },
    *remove(k, mdev) {
      const error = refuse(mdev);
      if (error) {
        k.leaked.push(`what ${mdev.dev.name} took of vfio_ap`);
        return error;
      }
      yield* matrix.remove(k, matrix_of(mdev));
      matrix.available_instances++;
      return 0;
    },
    open: (k, mdev) => vfio_ap_mdev_open(k, opened(mdev)),
    release: (k, mdev) => vfio_ap_mdev_release(k, opened(mdev)),
    ioctl: (_k, _mdev, request, arg) => vfio_ap_ioctl(request, arg.memory, 0),
  };
}

const era = (refuse: Refusal, imports: readonly string[]): ApEra => ({
  rules: EXCLUSIVE,
  imports: [...registers_device, 'vfio_register_notifier', 'vfio_unregister_notifier', ...imports],
  form: (mod, matrix) => ({
    offer: {
      register: (k, dev) => mdev_register_device(k, dev, matrix_ops(mod, matrix, refuse)),
      unregister: mdev_unregister_device,
    },
  }),
});

/** Source: the accessors of a device, include/linux/mdev.h, 5.10 */
export const AP_5_10 = era(busy, ['mdev_dev', 'mdev_get_drvdata', 'mdev_set_drvdata']);
export const AP_5_13 = era(busy, []);
export const AP_5_14 = era(regardless, []);
