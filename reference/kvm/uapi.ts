/**
 * Requests of /dev/kvm and what comes from it. Source: include/uapi/linux/kvm.h, 6.1
 *
 * A call of the protocol carries no pointers, so two requests are simpler than the kernel's:
 * KVM_CREATE_DEVICE takes the type of the device as its argument and returns the descriptor, and
 * an attribute of the kvm-vfio device is a request of its own, whose argument is the descriptor that
 * the kernel finds behind KVM_SET_DEVICE_ATTR. Their numbers are the kernel's in the lower half.
 */
const KVM_SET_DEVICE_ATTR = 0x4018aee1;
const attribute = (attr: number): number => attr * 2 ** 32 + KVM_SET_DEVICE_ATTR;

const ADD = attribute(1);
const DEL = attribute(2);

export const KvmRequest = {
  KVM_CREATE_VM: 0xae01,
  KVM_CREATE_DEVICE: 0xc00caee0,
  KVM_DEV_VFIO_GROUP_ADD: ADD,
  KVM_DEV_VFIO_GROUP_DEL: DEL,
  // the same attributes by the names that they have since 6.6
  KVM_DEV_VFIO_FILE_ADD: ADD,
  KVM_DEV_VFIO_FILE_DEL: DEL,
} as const;

/** @returns the number behind a request's name, undefined for a name that isn't here */
export function kvmRequestNumber(name: string): number | undefined {
  return Object.hasOwn(KvmRequest, name) ? KvmRequest[name as keyof typeof KvmRequest] : undefined;
}

export const KVM_DEV_TYPE_VFIO = 4;
