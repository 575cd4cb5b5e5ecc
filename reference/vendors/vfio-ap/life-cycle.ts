/** vfio_ap since the VFIO core allocates its devices. Source: drivers/s390/crypto/vfio_ap_ops.c, September 2022, 6.1 and 6.12 */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { LogLevel } from '../../kernel/printk.js';
import type { MdevDriver } from '../../mdev/types.js';
import { to_mdev_device } from '../../mdev/types.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { binds_allocated, binds_devices } from '../imports.js';
import { offered_by_driver } from '../mdev-driver/offer.js';
import { parent_offer } from '../sample.js';
import { allocated } from '../vfio-api.js';
import { matrix_groups } from './attributes.js';
import { vfio_ap_ioctl } from './descriptor.js';
import { MAX_ZDEV_ENTRIES_EXT, matrix_of, type MatrixDev } from './matrix.js';
import type { ApEra } from './module.js';
import { asked } from './probed.js';
import { counted_type, DEVICE_API, passthrough } from './type.js';

/** What these eras do differently. */
interface LifeCycleEra {
  /** the driver counts its devices itself; else the core does */
  readonly counts: boolean;
  /** the driver frees its devices itself */
  readonly frees: boolean;
  /** interrupts of a device, by which user space asks to be asked for it */
  readonly irqs: number;
}

const freed: VfioDeviceOps['release'] = function* () {
  // The device is the model's memory, which needs no giving back.
};

function matrix_dev_ops(matrix: MatrixDev, era: LifeCycleEra): VfioDeviceOps {
  return {
    driver: 'vfio_ap_mdev',
    ...asked(matrix),
    *init() {
      return 0;
    },
    ...(era.frees ? { release: freed } : {}),
    ...(era.irqs === 0
      ? {}
      : {
          *request(k, { dev }, count) {
            if (count > 0) return;
            const text = 'No device request registered, blocked until released by user';
            dev_printk(k, LogLevel.NOTICE, dev, text);
          },
        }),
    ioctl: (_k, _vdev, request, arg) => vfio_ap_ioctl(request, arg.memory, era.irqs),
  };
}

function matrix_driver(mod: Module, matrix: MatrixDev, era: LifeCycleEra): MdevDriver {
  const ops = matrix_dev_ops(matrix, era);
  const count = (by: number): void => {
    if (era.counts) matrix.available_instances += by;
  };
  return {
    name: 'vfio_ap_mdev',
    owner: mod,
    device_api: DEVICE_API,
    max_instances: MAX_ZDEV_ENTRIES_EXT,
    dev_groups: matrix_groups(matrix),
    supported_type_groups: [counted_type(matrix)],
    *probe(k, mdev) {
      if (matrix.available_instances === 0) return -Errno.EPERM;
      count(-1);
      const vdev = yield* _vfio_alloc_device(k, mdev.dev, ops);
      const error =
        typeof vdev === 'number' ? vdev : yield* vfio_register_emulated_iommu_dev(k, vdev);
      if (error) {
        if (typeof vdev !== 'number') yield* vfio_put_device(k, vdev);
        count(1);
        return error;
      }
      const made = vdev as VfioDevice;
      mdev.dev.driver_data = made;
      made.driver_data = yield* matrix.add(k);
      mdev.driver_data = made.driver_data;
      return 0;
    },
    *remove(k, mdev) {
      const vdev = mdev.dev.driver_data as VfioDevice;
      yield* vfio_unregister_group_dev(k, vdev);
      yield* matrix.remove(k, matrix_of(to_mdev_device(vdev.dev)));
      yield* vfio_put_device(k, vdev);
      count(1);
    },
  };
}

export const AP_2022: ApEra = {
  rules: { strict: false },
  imports: [...binds_devices, ...allocated.imports],
  form(mod, matrix) {
    const driver = matrix_driver(mod, matrix, { counts: true, frees: true, irqs: 0 });
    return { driver, offer: offered_by_driver(driver) };
  },
};

/** The parent declares its type, and the core counts. */
const registered = (era: Omit<LifeCycleEra, 'counts'>, imports: readonly string[]): ApEra => ({
  rules: { strict: false },
  imports: [...binds_allocated, ...imports],
  form(mod, matrix) {
    const driver = matrix_driver(mod, matrix, { ...era, counts: false });
    return { driver, offer: parent_offer(driver, [passthrough()]) };
  },
});

export const AP_6_1 = registered({ frees: true, irqs: 0 }, ['vfio_free_device']);
export const AP_6_12 = registered({ frees: false, irqs: 1 }, []);
