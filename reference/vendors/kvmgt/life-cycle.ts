/** kvmgt since the VFIO core allocates its devices. Source: drivers/gpu/drm/i915/gvt/kvmgt.c, September 2022, 6.1.y and 6.12 */
import type { Kernel } from '../../kernel/kernel.js';
import type { Module } from '../../kernel/module.js';
import { warn_on_once } from '../../kernel/warn.js';
import { to_mdev_device, type MdevDriver } from '../../mdev/types.js';
import {
  _vfio_alloc_device,
  vfio_put_device,
  vfio_register_emulated_iommu_dev,
  vfio_unregister_group_dev,
} from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { registers_device, registers_driver, registers_parent } from '../imports.js';
import { offered_by_driver } from '../mdev-driver/offer.js';
import { parent_offer } from '../sample.js';
import { vgpu_ioctl } from './descriptor.js';
import { description, gvt_err, type Gvt, type Vgpu } from './gvt.js';
import { gvt_host, OPS_SYMBOLS } from './i915.js';
import { mdev_driver, parent_if_present, type KvmgtEra } from './module.js';
import { asked, ASKED_SYMBOLS } from './probed.js';
import { config_of, type_groups, types, vgpu_groups, vgpu_of } from './types.js';

const dev_ops = (gvt: Gvt): VfioDeviceOps => ({
  driver: 'intel_vgpu_mdev',
  ...asked(gvt),
  *init(k, vdev) {
    const mdev = to_mdev_device(vdev.dev);
    const vgpu = gvt.create(k, config_of(mdev.type));
    if (typeof vgpu === 'number') return vgpu;
    vdev.driver_data = vgpu;
    mdev.driver_data = vgpu;
    return 0;
  },
  *release(_k, vdev) {
    gvt.destroy(vdev.driver_data as Vgpu);
  },
  ioctl: (_k, _vdev, request, arg) => vgpu_ioctl(request, arg.memory),
});

/** @param unregisters whether the driver takes the VFIO device back, which it forgot at first */
function vgpu_driver(mod: Module, gvt: Gvt, unregisters: boolean): MdevDriver {
  const ops = dev_ops(gvt);
  return {
    name: 'intel_vgpu_mdev',
    owner: mod,
    device_api: 'vfio-pci',
    dev_groups: vgpu_groups,
    supported_type_groups: type_groups(gvt),
    get_available: (_k, type) => gvt.available(config_of(type)),
    show_description: (_k, type) => description(config_of(type)),
    *probe(k, mdev) {
      const vdev = yield* _vfio_alloc_device(k, mdev.dev, ops);
      if (typeof vdev === 'number') {
        gvt_err(k, `failed to create intel vgpu: ${vdev}`);
        return vdev;
      }
      mdev.dev.driver_data = vdev;
      const error = yield* vfio_register_emulated_iommu_dev(k, vdev);
      if (error) yield* vfio_put_device(k, vdev);
      return error;
    },
    *remove(k, mdev) {
      const vdev = mdev.dev.driver_data as VfioDevice;
      if (unregisters) {
        yield* vfio_unregister_group_dev(k, vdev);
      } else if (vgpu_of(mdev).attached) {
        warn_on_once(k, 'intel_vgpu_remove');
        k.leaked.push(`what ${mdev.dev.name} took of kvmgt`);
        return;
      }
      yield* vfio_put_device(k, vdev);
    },
  };
}

const driver_of =
  (unregisters: boolean) =>
  (k: Kernel, mod: Module): MdevDriver => {
    const host = gvt_host(k);
    return host
      ? vgpu_driver(mod, host.gvt, unregisters)
      : { name: 'intel_vgpu_mdev', owner: mod, device_api: 'vfio-pci' };
  };

/** The device is given back, and stays registered. Source: the patch to kvmgt of September 2022, and its fix of October */
export const GVT_2022: KvmgtEra = {
  imports: [
    ...registers_device,
    ...registers_driver,
    '_vfio_alloc_device',
    'vfio_free_device',
    ...ASKED_SYMBOLS,
    ...OPS_SYMBOLS,
  ],
  steps: [parent_if_present((_mod, _gvt, driver) => offered_by_driver(driver)), mdev_driver],
  driver: driver_of(false),
};

const registered = (more: readonly string[]): KvmgtEra => ({
  imports: [
    ...registers_parent,
    ...registers_driver,
    '_vfio_alloc_device',
    'vfio_unregister_group_dev',
    ...ASKED_SYMBOLS,
    ...OPS_SYMBOLS,
    ...more,
  ],
  steps: [parent_if_present((_mod, gvt, driver) => parent_offer(driver!, types(gvt))), mdev_driver],
  driver: driver_of(true),
});

export const GVT_6_1 = registered(['vfio_free_device']);
export const GVT_6_12 = registered([]);
