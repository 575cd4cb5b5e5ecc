/** A virtual card needs a guest to be opened. Source: drivers/gpu/drm/i915/gvt/kvmgt.c, 5.10, the series, 6.0 */
import type { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { module_put, try_module_get, type Module } from '../../kernel/module.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { kvm_get_kvm, kvm_put_kvm, type Kvm } from '../../kvm/kvm.js';
import {
  vfio_group_get_external_user_from_dev,
  vfio_group_put_external_user,
} from '../../vfio/external-user.js';
import {
  vfio_register_group_notifier,
  vfio_unregister_group_notifier,
} from '../../vfio/notifier.js';
import { gvt_err, type Gvt, type Vgpu } from './gvt.js';

/** A guest has one card at most. @returns 0, -ESRCH without a guest, -EEXIST. Source: kvmgt_guest_init() */
export function attach(k: Kernel, gvt: Gvt, vgpu: Vgpu, kvm: Kvm | undefined): number {
  if (!kvm) {
    gvt_err(k, `vgpu ${vgpu.id}: KVM is required to use Intel vGPU`);
    return -Errno.ESRCH;
  }
  if ([...gvt.vgpus.values()].some(({ attached }) => attached === kvm)) return -Errno.EEXIST;
  vgpu.attached = kvm_get_kvm(kvm);
  return 0;
}

/** Source: kvmgt_guest_exit() */
export function* detach(k: Kernel, vgpu: Vgpu): MightSleep<void> {
  const kvm = vgpu.attached;
  vgpu.attached = undefined;
  if (kvm) yield* kvm_put_kvm(k, kvm);
}

/** Lets go of guest, group and module, once. Source: __intel_vgpu_release() */
export function* release(k: Kernel, dev: Device, vgpu: Vgpu, mod: Module): MightSleep<void> {
  if (!vgpu.attached || vgpu.released) return;
  vgpu.released = true;
  yield* vfio_unregister_group_notifier(k, dev, vgpu.block!);
  module_put(mod);
  const kvm = vgpu.attached;
  yield* kvm_put_kvm(k, kvm);
  yield* vfio_group_put_external_user(k, vgpu.group!);
  vgpu.kvm = undefined;
  vgpu.attached = undefined;
}

/** When the guest is gone somebody else lets go of the card, later. Source: intel_vgpu_group_notifier() */
function listen(k: Kernel, dev: Device, vgpu: Vgpu, mod: Module): MightSleep<number> {
  vgpu.block ??= {
    *call(k, kvm) {
      vgpu.kvm = kvm;
      if (!kvm) k.sched.spawn('kworker', release(k, dev, vgpu, mod));
    },
  };
  return vfio_register_group_notifier(k, dev, vgpu.block);
}

/**
 * One more descriptor. What is refused for want of a guest leaves the module pinned.
 * @returns 0; -ENODEV while the module goes; -errno of the group; or as {@link attach}
 * Source: intel_vgpu_open(), 5.10
 */
export function* open(
  k: Kernel,
  dev: Device,
  gvt: Gvt,
  vgpu: Vgpu,
  mod: Module,
): MightSleep<number> {
  const deaf = yield* listen(k, dev, vgpu, mod);
  if (deaf) return deaf;
  const group = vfio_group_get_external_user_from_dev(k, dev);
  let error = typeof group === 'number' ? group : 0;
  if (typeof group === 'number') {
    gvt_err(k, `vgpu ${vgpu.id}: vfio_group_get_external_user_from_dev failed`);
  } else {
    error = try_module_get(mod) ? attach(k, gvt, vgpu, vgpu.kvm) : -Errno.ENODEV;
    if (error) yield* vfio_group_put_external_user(k, group);
    else vgpu.group = group;
  }
  if (error) yield* vfio_unregister_group_notifier(k, dev, vgpu.block!);
  else vgpu.released = false;
  return error;
}
