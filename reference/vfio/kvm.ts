/** How KVM holds a group, and how a group learns which virtual machine has it. */
import { Errno } from '../kernel/errno.js';
import type { File } from '../kernel/file.js';
import { vfio_group_get_external_user, vfio_group_put_external_user } from './external-user.js';
import type { KvmLink, VfioGroup } from './types.js';

const group_of = (file: File): VfioGroup | undefined =>
  file.ops.kind === 'vfio-group' ? (file.private_data as VfioGroup) : undefined;

/** The group is held, whose container must have a backend; drivers that want to know are told. Source: virt/kvm/vfio.c, 5.10 */
export const held_as_group: KvmLink = {
  *hold(_k, file) {
    const group = group_of(file);
    return group ? vfio_group_get_external_user(group) : -Errno.EINVAL;
  },
  is_of: (held, file) => held === group_of(file),
  *set_kvm(k, held, kvm) {
    const group = held as VfioGroup;
    group.kvm = kvm;
    yield* group.kvm_notifier.call_chain(k, kvm);
  },
  release: (k, held) => vfio_group_put_external_user(k, held as VfioGroup),
  devicesGoWithTheirFile: false,
};

/** The file is held, whatever the container; drivers look when they open a device. Source: virt/kvm/vfio.c, 6.0 */
export const held_as_file: KvmLink = {
  *hold(_k, file) {
    return group_of(file) ? file.get() : -Errno.EINVAL;
  },
  is_of: (held, file) => held === file,
  *set_kvm(k, held, kvm) {
    const group = group_of(held as File)!;
    yield* group.group_lock.lock(k);
    group.kvm = kvm;
    group.group_lock.unlock(k);
  },
  *release(k, held) {
    (held as File).put(k);
  },
  devicesGoWithTheirFile: false,
};
