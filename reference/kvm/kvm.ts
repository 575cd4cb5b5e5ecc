/** Virtual machines, as far as who holds them. Source: virt/kvm/kvm_main.c, 5.10 */
import type { Kernel } from '../kernel/kernel.js';
import { Refcount } from '../kernel/refcount.js';
import type { MightSleep } from '../kernel/scheduler.js';

/** A device that user space made for a virtual machine. Source: struct kvm_device */
export interface KvmDevice {
  readonly type: number;
  /** gives back what it holds */
  destroy(k: Kernel): MightSleep<void>;
}

/** Source: struct kvm, include/linux/kvm_host.h */
export class Kvm {
  readonly ref = new Refcount('kvm');
  readonly devices: KvmDevice[] = [];
}

/** Source: kvm_get_kvm() */
export function kvm_get_kvm(kvm: Kvm): Kvm {
  kvm.ref.get();
  return kvm;
}

/** Gives a reference back; with the last one go the machine's devices. Source: kvm_put_kvm(), kvm_destroy_vm() */
export function* kvm_put_kvm(k: Kernel, kvm: Kvm): MightSleep<void> {
  if (!kvm.ref.put()) return;
  for (const device of kvm.devices.splice(0)) yield* device.destroy(k);
}
