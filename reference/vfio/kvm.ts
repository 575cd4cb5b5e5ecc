/** How KVM holds a group, and how a group learns which virtual machine has it. */
import { Errno } from '../kernel/errno.js';
import type { File } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { vfio_group_try_dissolve_container } from './container.js';
import { vfio_group_put } from './group-counted.js';
import type { KvmLink, VfioGroup } from './types.js';

const group_of = (file: File): VfioGroup | undefined =>
  file.ops.kind === 'vfio-group' ? (file.private_data as VfioGroup) : undefined;

/** As an external user of the group's container. @returns the group, or -EINVAL. Source: vfio_group_get_external_user(), 5.10 */
function* vfio_group_get_external_user(_k: Kernel, file: File): MightSleep<VfioGroup | number> {
  const group = group_of(file);
  if (!group || group.container_users === 0 || !group.container?.iommu) return -Errno.EINVAL;
  group.container_users++;
  group.drivers.get();
  return group;
}

/** Source: vfio_group_put_external_user(), 5.10 */
export function* vfio_group_put_external_user(k: Kernel, group: VfioGroup): MightSleep<void> {
  yield* vfio_group_try_dissolve_container(k, group);
  yield* vfio_group_put(k, group);
}

/** The group is held, whose container must have a backend; drivers that want to know are told. Source: virt/kvm/vfio.c, 5.10 */
export const held_as_group: KvmLink = {
  hold: vfio_group_get_external_user,
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
