/** kvmgt in the era of mdev_parent_ops, which for it lasts up to 5.18. Source: drivers/gpu/drm/i915/gvt/kvmgt.c, 5.10 to 5.14 */
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type { MdevParentOps } from '../../mdev/types.js';
import { registers_device } from '../imports.js';
import { vgpu_ioctl } from './descriptor.js';
import type { Gvt } from './gvt.js';
import { open, release } from './guest.js';
import { HYPERVISOR_SYMBOLS } from './i915.js';
import { NOTIFIED_SYMBOLS, parent_when_present, type KvmgtEra } from './module.js';
import { create_vgpu, type_groups, vgpu_groups, vgpu_of } from './types.js';

/** The callbacks of one loaded module. */
export function intel_vgpu_ops(mod: Module, gvt: Gvt): MdevParentOps {
  return {
    driver: 'kvmgt',
    owner: mod,
    mdev_attr_groups: vgpu_groups,
    supported_type_groups: type_groups(gvt),
    *create(k, type, mdev) {
      const vgpu = create_vgpu(k, gvt, type);
      if (typeof vgpu === 'number') return vgpu;
      mdev.driver_data = vgpu;
      return 0;
    },
    *remove(k, mdev) {
      if (vgpu_of(mdev).attached) {
        k.leaked.push(`what ${mdev.dev.name} took of kvmgt`);
        return -Errno.EBUSY;
      }
      gvt.destroy(vgpu_of(mdev));
      return 0;
    },
    open: (k, mdev) => open(k, mdev.dev, gvt, vgpu_of(mdev), mod),
    release: (k, mdev) => release(k, mdev.dev, vgpu_of(mdev), mod),
    ioctl: (_k, _mdev, request, arg) => vgpu_ioctl(request, arg.memory),
  };
}

const era = (imports: readonly string[]): KvmgtEra => ({
  imports: [...registers_device, ...NOTIFIED_SYMBOLS, ...HYPERVISOR_SYMBOLS, ...imports],
  steps: [
    parent_when_present((mod, gvt) => ({
      register: (k, dev) => mdev_register_device(k, dev, intel_vgpu_ops(mod, gvt)),
      unregister: mdev_unregister_device,
    })),
  ],
});

/** Source: the accessors of a device, include/linux/mdev.h, 5.10 */
export const GVT_5_10 = era([
  'mdev_dev',
  'mdev_get_drvdata',
  'mdev_parent_dev',
  'mdev_set_drvdata',
]);
export const GVT_5_13 = era([
  'mdev_get_type_group_id',
  'mdev_parent_dev',
  'mtype_get_parent_dev',
  'mtype_get_type_group_id',
]);
