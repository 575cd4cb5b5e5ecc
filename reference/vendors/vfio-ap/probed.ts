/** vfio_ap as the driver of its devices, before the life-cycle helpers. Source: drivers/s390/crypto/vfio_ap_ops.c, the series (patch 06), 6.0 */
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { warn_on } from '../../kernel/warn.js';
import type { MdevDriver } from '../../mdev/types.js';
import { vfio_unregister_group_dev } from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { binds_devices } from '../imports.js';
import { offered_by_driver, offered_by_ops, type OfferForm } from '../mdev-driver/offer.js';
import { in_group_of_bus, in_group_of_its_own, type VfioApi } from '../vfio-api.js';
import { matrix_groups } from './attributes.js';
import { vfio_ap_ioctl } from './descriptor.js';
import {
  vfio_ap_mdev_open,
  vfio_ap_mdev_release,
  vfio_ap_mdev_set_kvm,
  vfio_ap_mdev_unset_kvm,
  type Opened,
} from './guest.js';
import type { ApMatrixMdev, ApRules, MatrixDev } from './matrix.js';
import type { ApEra } from './module.js';
import { counted_type } from './type.js';

const device_of = (vdev: VfioDevice): ApMatrixMdev => vdev.driver_data as ApMatrixMdev;

type OpenClose = Pick<VfioDeviceOps, 'per_fd' | 'open_device' | 'close_device'>;

/** The device is told of its guest. Source: the series */
function told(mod: Module, matrix: MatrixDev): OpenClose {
  const opened = (vdev: VfioDevice): Opened => ({
    mod,
    matrix,
    dev: vdev.dev,
    device: device_of(vdev),
  });
  return {
    per_fd: {
      open: (k, vdev) => vfio_ap_mdev_open(k, opened(vdev)),
      release: (k, vdev) => vfio_ap_mdev_release(k, opened(vdev)),
    },
  };
}

/** Who opens the device must have a guest. Source: vfio_ap_mdev_open_device(), 6.0 */
export const asked = (matrix: MatrixDev): OpenClose => ({
  *open_device(k, vdev) {
    if (!vdev.kvm) return -Errno.EINVAL;
    return yield* vfio_ap_mdev_set_kvm(k, matrix, device_of(vdev), vdev.kvm);
  },
  close_device: (k, vdev) => vfio_ap_mdev_unset_kvm(k, matrix, device_of(vdev)),
});

/** What the eras between do differently. */
interface ProbedEra {
  readonly vfio: VfioApi;
  readonly offer: OfferForm;
  readonly rules: ApRules;
  /** a device that a guest has is left as it is, with its VFIO device, when its driver is taken away */
  readonly leavesInUse: boolean;
  open_close(mod: Module, matrix: MatrixDev): OpenClose;
  readonly imports: readonly string[];
}

function matrix_driver(mod: Module, matrix: MatrixDev, era: ProbedEra): MdevDriver {
  const { vfio } = era;
  const ops: VfioDeviceOps = {
    driver: 'vfio_ap_mdev',
    ...era.open_close(mod, matrix),
    ioctl: (_k, _vdev, request, arg) => vfio_ap_ioctl(request, arg.memory, 0),
  };
  return {
    name: 'vfio_ap_mdev',
    owner: mod,
    dev_groups: matrix_groups(matrix),
    supported_type_groups: [counted_type(matrix)],
    *probe(k, mdev) {
      if (matrix.available_instances === 0) return -Errno.EPERM;
      matrix.available_instances--;
      const vdev = (yield* vfio.alloc(k, mdev.dev, ops)) as VfioDevice;
      const device = yield* matrix.add(k);
      vdev.driver_data = device;
      const error = yield* vfio.register(k, vdev);
      if (!error) {
        mdev.dev.driver_data = vdev;
        mdev.driver_data = device;
        return 0;
      }
      matrix.mdev_list.splice(matrix.mdev_list.indexOf(device), 1);
      yield* vfio.free(k, vdev);
      matrix.available_instances++;
      return error;
    },
    *remove(k, mdev) {
      const vdev = mdev.dev.driver_data as VfioDevice;
      const device = device_of(vdev);
      if (era.leavesInUse && device.kvm) {
        warn_on(k, 'vfio_ap_mdev_remove');
        k.leaked.push(`what ${mdev.dev.name} took of vfio_ap`);
        return;
      }
      yield* vfio_unregister_group_dev(k, vdev);
      yield* matrix.remove(k, device);
      yield* vfio.free(k, vdev);
      matrix.available_instances++;
    },
  };
}

const form = (era: ProbedEra): ApEra => ({
  rules: era.rules,
  imports: [...binds_devices, ...era.vfio.imports, ...era.imports],
  form(mod, matrix) {
    const driver = matrix_driver(mod, matrix, era);
    return { driver, offer: era.offer(driver) };
  },
});

const SERIES: ProbedEra = {
  vfio: in_group_of_bus,
  offer: offered_by_ops,
  rules: { strict: true },
  leavesInUse: true,
  open_close: told,
  imports: ['vfio_register_notifier', 'vfio_unregister_notifier'],
};

export const AP_SERIES_02 = form(SERIES);
export const AP_SERIES_11 = form({ ...SERIES, offer: offered_by_driver });
export const AP_6_0 = form({
  vfio: in_group_of_its_own,
  offer: offered_by_driver,
  rules: { strict: false },
  leavesInUse: false,
  open_close: (_mod, matrix) => asked(matrix),
  imports: [],
});
