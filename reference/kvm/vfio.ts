/**
 * The device of a virtual machine that is told which VFIO groups it has, and tells them which
 * machine has them. Source: virt/kvm/vfio.c, 5.10 and 6.1
 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations, type IoctlArgument } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import { Mutex } from '../kernel/locks.js';
import { module_put, try_module_get, type Module } from '../kernel/module.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { fdget } from '../kernel/syscalls.js';
import { kvm_get_kvm, kvm_put_kvm, type Kvm, type KvmDevice } from './kvm.js';
import { KVM_DEV_TYPE_VFIO, KvmRequest } from './uapi.js';

/** Source: struct kvm_vfio */
class KvmVfio implements KvmDevice {
  readonly type = KVM_DEV_TYPE_VFIO;
  private readonly lock = new Mutex('kvm_vfio.lock');
  private readonly groups: unknown[] = [];

  constructor(readonly kvm: Kvm) {}

  /** @returns 0; what the era says of the file; -EEXIST for a group that is known */
  *add(k: Kernel, file: File): MightSleep<number> {
    const { kvm: link } = k.profile.vfio;
    const held = yield* link.hold(k, file);
    if (typeof held === 'number') return held;
    yield* this.lock.lock(k);
    const known = this.groups.includes(held);
    if (!known) this.groups.push(held);
    this.lock.unlock(k);
    if (known) yield* link.release(k, held);
    else yield* link.set_kvm(k, held, this.kvm);
    return known ? -Errno.EEXIST : 0;
  }

  /** @returns 0, or -ENOENT for a group that was not added */
  *del(k: Kernel, file: File): MightSleep<number> {
    const { kvm: link } = k.profile.vfio;
    yield* this.lock.lock(k);
    const at = this.groups.findIndex((held) => link.is_of(held, file));
    const [held] = at < 0 ? [] : this.groups.splice(at, 1);
    if (held !== undefined) yield* this.let_go(k, held);
    this.lock.unlock(k);
    return held === undefined ? -Errno.ENOENT : 0;
  }

  *destroy(k: Kernel): MightSleep<void> {
    for (const held of this.groups.splice(0)) yield* this.let_go(k, held);
  }

  private *let_go(k: Kernel, held: unknown): MightSleep<void> {
    const { kvm: link } = k.profile.vfio;
    yield* link.set_kvm(k, held, undefined);
    yield* link.release(k, held);
  }
}

/** @returns the file whose descriptor the argument has, or -errno */
function file_of(k: Kernel, arg: IoctlArgument): File | number {
  const bytes = arg.memory.copyFrom(4);
  if (!bytes) return -Errno.EFAULT;
  return fdget(k, new DataView(bytes.buffer).getInt32(0, true)) ?? -Errno.EBADF;
}

const kvm_device_fops: FileOperations = {
  kind: 'kvm-vfio',
  *ioctl(k, file, request, arg) {
    const device = file.private_data as KvmVfio;
    const adds = request === KvmRequest.KVM_DEV_VFIO_GROUP_ADD;
    if (!adds && request !== KvmRequest.KVM_DEV_VFIO_GROUP_DEL) return -Errno.ENOTTY;
    const group = file_of(k, arg);
    if (typeof group === 'number') return group;
    return adds ? yield* device.add(k, group) : yield* device.del(k, group);
  },
  /** Up to 6.0 the device goes with its machine only, then with its descriptor. */
  *release(k, file) {
    const device = file.private_data as KvmVfio;
    const { devices } = device.kvm;
    if (k.profile.vfio.kvm.devicesGoWithTheirFile) {
      devices.splice(devices.indexOf(device), 1);
      yield* device.destroy(k);
    }
    yield* kvm_put_kvm(k, device.kvm);
  },
};

/**
 * Makes the device of a machine, which has one at most.
 * @returns its file, or -EBUSY. Source: kvm_ioctl_create_device(), kvm_vfio_create()
 */
export function kvm_vfio_create(kvm: Kvm, mod: Module): File | number {
  if (kvm.devices.some(({ type }) => type === KVM_DEV_TYPE_VFIO)) return -Errno.EBUSY;
  const device = new KvmVfio(kvm_get_kvm(kvm));
  kvm.devices.push(device);
  try_module_get(mod);
  const file = new File(kvm_device_fops, { read: true, write: true });
  file.private_data = device;
  file.on_release = function* () {
    module_put(mod);
  };
  return file;
}
