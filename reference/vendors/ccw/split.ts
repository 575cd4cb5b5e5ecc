/**
 * vfio_ccw once the subchannel and its device have a structure each, and a device the life of its
 * VFIO device: nobody waits for its release. Source: drivers/s390/cio/vfio_ccw_drv.c, vfio_ccw_ops.c, 6.12
 */
import { device_register_or_put, device_unregister } from '../../kernel/core.js';
import { Device } from '../../kernel/device.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module } from '../../kernel/module.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import type { MdevDriver } from '../../mdev/types.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { parent_offer, type Offer } from '../sample.js';
import type { CssForm } from './css-driver.js';
import { opened_and_closed } from './fsm.js';
import { vfio_ccw_alloc_private, type CcwPrivate } from './private.js';
import { to_subchannel, type Subchannel } from './subchannel.js';
import { DEVICE_API, io_type } from './types.js';
import { private_of, vfio_ccw_dev_ops } from './vfio-ops.js';

/** Source: struct vfio_ccw_parent, a device below the subchannel whose data is that of the mdev */
interface CcwParent {
  readonly dev: Device;
  readonly offer: Offer;
}

const parent_of = (sch: Subchannel): CcwParent | undefined =>
  sch.dev.driver_data as CcwParent | undefined;

const ops: VfioDeviceOps = {
  ...vfio_ccw_dev_ops({ fsm: opened_and_closed, numIrqs: 3 }, false),
  *init(_k, device) {
    device.driver_data = vfio_ccw_alloc_private(to_subchannel(device.dev.parent!));
    return 0;
  },
  *release() {
    // The regions are the model's memory, which needs no giving back.
  },
};

/** The state of the subchannel is not looked at. */
export const split_mdev_driver = (mod: Module): MdevDriver => ({
  name: 'vfio_ccw_mdev',
  owner: mod,
  device_api: DEVICE_API,
  max_instances: 1,
  *probe(k, mdev) {
    const parent = parent_of(to_subchannel(mdev.dev.parent!))!;
    const device = yield* _vfio_alloc_device(k, mdev.dev, ops);
    if (typeof device === 'number') return device;
    parent.dev.driver_data = private_of(device);
    const error = yield* vfio_register_emulated_iommu_dev(k, device);
    if (!error) {
      mdev.dev.driver_data = device;
      return 0;
    }
    parent.dev.driver_data = undefined;
    yield* vfio_put_device(k, device);
    return error;
  },
  *remove(k, mdev) {
    const device = mdev.dev.driver_data as VfioDevice;
    yield* vfio_unregister_group_dev(k, device);
    parent_of(to_subchannel(mdev.dev.parent!))!.dev.driver_data = undefined;
    yield* vfio_put_device(k, device);
  },
});

function* add_parent(k: Kernel, sch: Subchannel): MightSleep<Device | number> {
  const dev = new Device({ name: 'parent', parent: sch.dev });
  return (yield* device_register_or_put(k, dev)) || dev;
}

export const private_of_device = (driver: MdevDriver): CssForm => ({
  *probe(k, sch) {
    const dev = yield* add_parent(k, sch);
    if (typeof dev === 'number') return dev;
    const offer = parent_offer(driver, [io_type()]);
    sch.dev.driver_data = { dev, offer } satisfies CcwParent;
    const error = yield* offer.register(k, sch.dev);
    if (!error) return 0;
    yield* device_unregister(k, dev);
    sch.dev.driver_data = undefined;
    return error;
  },
  *remove(k, sch) {
    const { dev, offer } = parent_of(sch)!;
    yield* offer.unregister(k, sch.dev);
    yield* device_unregister(k, dev);
    sch.dev.driver_data = undefined;
  },
  private_of: (sch) => parent_of(sch)?.dev.driver_data as CcwPrivate | undefined,
});
