/** How a device learns which guest uses it. Source: drivers/s390/crypto/vfio_ap_ops.c, 5.10 and 6.1 */
import type { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { module_put, try_module_get, type Module } from '../../kernel/module.js';
import type { NotifierBlock } from '../../kernel/notifier.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { kvm_get_kvm, kvm_put_kvm, type Kvm } from '../../kvm/kvm.js';
import {
  vfio_register_group_notifier,
  vfio_unregister_group_notifier,
} from '../../vfio/notifier.js';
import type { ApMatrixMdev, MatrixDev } from './matrix.js';

/** A guest uses one device at most. @returns 0 or -EPERM */
export function* vfio_ap_mdev_set_kvm(
  k: Kernel,
  matrix: MatrixDev,
  device: ApMatrixMdev,
  kvm: Kvm,
): MightSleep<number> {
  yield* matrix.lock.lock(k);
  const taken = matrix.mdev_list.some((other) => other !== device && other.kvm === kvm);
  if (!taken) device.kvm = kvm_get_kvm(kvm);
  matrix.lock.unlock(k);
  return taken ? -Errno.EPERM : 0;
}

/** The guest is gone: its queues are reset, which may take a while, and nobody changes anything meanwhile. */
export function* vfio_ap_mdev_unset_kvm(
  k: Kernel,
  matrix: MatrixDev,
  device: ApMatrixMdev,
): MightSleep<void> {
  yield* matrix.lock.lock(k);
  const { kvm } = device;
  if (kvm) yield* matrix.reset_queues(k, device);
  device.kvm = undefined;
  matrix.lock.unlock(k);
  if (kvm) yield* kvm_put_kvm(k, kvm);
}

const blocks = new WeakMap<ApMatrixMdev, NotifierBlock<Kvm | undefined>>();

/** A guest that can't have the device is not told so. Source: vfio_ap_mdev_group_notifier() */
function block_of(matrix: MatrixDev, device: ApMatrixMdev): NotifierBlock<Kvm | undefined> {
  let block = blocks.get(device);
  if (!block) {
    block = {
      *call(k, kvm) {
        if (kvm) yield* vfio_ap_mdev_set_kvm(k, matrix, device, kvm);
        else yield* vfio_ap_mdev_unset_kvm(k, matrix, device);
      },
    };
    blocks.set(device, block);
  }
  return block;
}

/** A device, what it has, and whose it is. */
export interface Opened {
  readonly mod: Module;
  readonly matrix: MatrixDev;
  readonly dev: Device;
  readonly device: ApMatrixMdev;
}

/** Each descriptor pins the module; from now on the device is told which guest has it. @returns 0 or -errno */
export function* vfio_ap_mdev_open(k: Kernel, of: Opened): MightSleep<number> {
  if (!try_module_get(of.mod)) return -Errno.ENODEV;
  const block = block_of(of.matrix, of.device);
  const error = yield* vfio_register_group_notifier(k, of.dev, block);
  if (error) module_put(of.mod);
  return error;
}

/** The guest is let go first; who tells of another one meanwhile is waited for. */
export function* vfio_ap_mdev_release(k: Kernel, of: Opened): MightSleep<void> {
  yield* vfio_ap_mdev_unset_kvm(k, of.matrix, of.device);
  yield* vfio_unregister_group_notifier(k, of.dev, block_of(of.matrix, of.device));
  module_put(of.mod);
}
