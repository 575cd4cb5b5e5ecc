/** The module kvm: /dev/kvm, whose virtual machines do nothing but be there. Source: virt/kvm/kvm_main.c, 5.10 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations } from '../kernel/file.js';
import { misc_deregister, misc_register, type MiscDevice } from '../kernel/misc.js';
import { module_of_steps } from '../kernel/module-of-steps.js';
import {
  module_put,
  try_module_get,
  type Module,
  type ModuleDefinition,
} from '../kernel/module.js';
import { fd_install } from '../kernel/syscalls.js';
import { Kvm, kvm_put_kvm } from './kvm.js';
import { KVM_DEV_TYPE_VFIO, KvmRequest } from './uapi.js';
import { kvm_vfio_create } from './vfio.js';

/** The symbols that drivers of mediated devices take. Source: EXPORT_SYMBOL_GPL lines, arch/x86/kvm/, arch/s390/kvm/, virt/kvm/ */
const symbols = [
  'kvm_arch_crypto_clear_masks',
  'kvm_arch_crypto_set_masks',
  'kvm_get_kvm',
  'kvm_page_track_register_notifier',
  'kvm_page_track_unregister_notifier',
  'kvm_put_kvm',
];

/** The file of a machine. */
const kvm_vm_fops = (mod: Module): FileOperations => ({
  kind: 'kvm-vm',
  *ioctl(k, file, request, arg) {
    if (request !== KvmRequest.KVM_CREATE_DEVICE) return -Errno.ENOTTY;
    if (arg.value !== KVM_DEV_TYPE_VFIO) return -Errno.ENODEV;
    const made = kvm_vfio_create(file.private_data as Kvm, mod);
    return typeof made === 'number' ? made : fd_install(k, made);
  },
  release: (k, file) => kvm_put_kvm(k, file.private_data as Kvm),
});

/** Source: kvm_dev_ioctl(), kvm_dev_ioctl_create_vm() */
const kvm_chardev_ops = (mod: Module): FileOperations => ({
  kind: 'kvm',
  *ioctl(k, _file, request) {
    if (request !== KvmRequest.KVM_CREATE_VM) return -Errno.ENOTTY;
    try_module_get(mod);
    const file = new File(kvm_vm_fops(mod), { read: true, write: true });
    file.private_data = new Kvm();
    file.on_release = function* () {
      module_put(mod);
    };
    return fd_install(k, file);
  },
});

/** /dev/kvm. Source: KVM_MINOR, include/linux/miscdevice.h */
const kvm_dev = (owner: Module): MiscDevice => ({
  owner,
  name: 'kvm',
  minor: 232,
  *open(_k, mode) {
    return new File(kvm_chardev_ops(owner), mode);
  },
});

export const kvm_module: ModuleDefinition = module_of_steps<MiscDevice>(
  {
    name: 'kvm',
    license: 'GPL',
    imports: [],
    exports: symbols.map((name) => ({ name, gpl: true })),
  },
  (_k, mod) => kvm_dev(mod),
  [{ make: misc_register, undo: misc_deregister }],
);
