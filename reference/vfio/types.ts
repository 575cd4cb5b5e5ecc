import type { Device } from '../kernel/device.js';
import type { File, IoctlArgument } from '../kernel/file.js';
import type { IommuGroup } from '../kernel/iommu.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Mutex, RwSem } from '../kernel/locks.js';
import type { BlockingNotifierHead } from '../kernel/notifier.js';
import type { Refcount } from '../kernel/refcount.js';
import type { Module } from '../kernel/module.js';
import type { MightSleep, WaitQueue } from '../kernel/scheduler.js';
import type { Step } from '../kernel/steps.js';
import type { Completion } from '../kernel/wait.js';
import type { Kvm } from '../kvm/kvm.js';

/** What a vendor driver does for its devices. Source: struct vfio_device_ops, include/linux/vfio.h, 6.1 */
export interface VfioDeviceOps {
  /** not every driver gives one */
  readonly name?: string;
  /** in the eras where each descriptor is the driver's business. Source: open, release, 5.10 to 5.14 */
  readonly per_fd?: {
    open(k: Kernel, device: VfioDevice): MightSleep<number>;
    release(k: Kernel, device: VfioDevice): MightSleep<void>;
  };
  /** the driver that the callbacks are of, for the trace */
  readonly driver: string;
  /** the shim: only what it hands on is a callback */
  readonly forwards?: true;
  init?(k: Kernel, device: VfioDevice): MightSleep<number>;
  release?(k: Kernel, device: VfioDevice): MightSleep<void>;
  open_device?(k: Kernel, device: VfioDevice): MightSleep<number>;
  close_device?(k: Kernel, device: VfioDevice): MightSleep<void>;
  /** please let go of the device; `count` says how often that was asked before */
  request?(k: Kernel, device: VfioDevice, count: number): MightSleep<void>;
  ioctl?(k: Kernel, device: VfioDevice, request: number, arg: IoctlArgument): number;
  read?(k: Kernel, device: VfioDevice, count: number, pos: number): Uint8Array | number;
  write?(k: Kernel, device: VfioDevice, data: Uint8Array, pos: number): number;
  mmap?(k: Kernel, device: VfioDevice, offset: number, length: number): number;
}

/** Devices that can only be reset together; here always one. Source: struct vfio_device_set */
export interface VfioDeviceSet {
  readonly lock: Mutex;
}

/** Source: struct vfio_device, include/linux/vfio.h, 6.1 */
export interface VfioDevice {
  /** the device that is offered */
  readonly dev: Device;
  readonly ops: VfioDeviceOps;
  /** /sys/class/vfio-dev/vfioX; its references are those of the whole. Not every era has it. */
  readonly device?: Device;
  readonly index?: number;
  /** the references to the whole, in the era between. Source: September 2022 */
  readonly kref?: Refcount;
  /** what the vendor driver keeps with it */
  driver_data: unknown;
  dev_set: VfioDeviceSet | undefined;
  group: VfioGroup | undefined;
  /** the registration, and one for each open file */
  refcount: Refcount | undefined;
  /** the last of those is gone */
  readonly comp: Completion;
  open_count: number;
  /** the machine that has the group, from the first descriptor to the last. Source: 6.0 */
  kvm: Kvm | undefined;
}

/** Source: enum vfio_group_type, drivers/vfio/vfio.h, 6.1: no device here has an IOMMU */
export const VFIO_EMULATED_IOMMU = 'emulated';
export type VfioGroupType = typeof VFIO_EMULATED_IOMMU;

/** Source: struct vfio_group, drivers/vfio/vfio.h, 6.1 */
export interface VfioGroup {
  readonly dev: Device;
  readonly type: VfioGroupType;
  /** devices that are registered in the group; where groups are counted, who has it open as well */
  readonly drivers: Refcount;
  readonly device_list: VfioDevice[];
  readonly device_lock: Mutex;
  readonly group_lock: Mutex;
  /** gone once the last device is, however many files are open */
  iommu_group: IommuGroup | undefined;
  container: VfioContainer | undefined;
  /** who waits for the group to be in no container */
  readonly container_q: WaitQueue;
  /** the container itself and the open devices */
  container_users: number;
  opened_file: File | undefined;
  /** the virtual machine that has the group */
  kvm: Kvm | undefined;
  /** drivers that are told of it, in the eras where they ask for that. Source: up to 5.18 */
  readonly kvm_notifier: BlockingNotifierHead<Kvm | undefined>;
}

/** The IOMMU backend of a container. Source: struct vfio_iommu_driver_ops, drivers/vfio/vfio.h, 6.1 */
export interface VfioIommuDriver {
  readonly name: string;
  readonly owner: Module;
  /** makes the state of one container */
  open(): VfioIommu;
  /** > 0 if the backend, or the container's state of it, has that extension */
  check_extension(extension: number, data: VfioIommu | undefined): number;
}

/** The state that a backend keeps for a container. */
export interface VfioIommu {
  attach_group(group: IommuGroup): number;
  detach_group(group: IommuGroup): void;
}

/** Source: struct vfio_container, drivers/vfio/container.c, 6.1 */
export interface VfioContainer {
  readonly group_list: VfioGroup[];
  readonly group_lock: RwSem;
  iommu: { readonly driver: VfioIommuDriver; readonly data: VfioIommu } | undefined;
}

/** One act of registering a device, and how it is taken back when a later one fails. */
export type RegisterStep = Step<VfioDevice>;

/** One act of unregistering a device. */
export type UnregisterStep = (k: Kernel, device: VfioDevice) => MightSleep<void>;

/** What a VFIO device is, to those who hold it. */
export interface VfioLife {
  /** makes it, with one reference, before the driver initialises it */
  alloc(k: Kernel, dev: Device, ops: VfioDeviceOps): VfioDevice;
  /** takes a reference */
  get(device: VfioDevice): void;
  /** gives a reference back; the last one has the driver release it */
  put(k: Kernel, device: VfioDevice): MightSleep<void>;
}

/** How KVM and groups hold on to each other. What is held is the era's: a group, or its file. */
export interface KvmLink {
  /** @returns what KVM holds from now on, or -errno */
  hold(k: Kernel, file: File): MightSleep<object | number>;
  /** whether what is held is that of a file */
  is_of(held: unknown, file: File): boolean;
  /** tells the group which machine has it, if any */
  set_kvm(k: Kernel, held: unknown, kvm: Kvm | undefined): MightSleep<void>;
  release(k: Kernel, held: unknown): MightSleep<void>;
  /** whether the machine's device for VFIO lets go when its descriptor is closed; else with the machine */
  readonly devicesGoWithTheirFile: boolean;
}

/** What the eras of the VFIO core do differently: in which order, and who holds what. */
export interface VfioEra {
  /** vfio_init(), and backwards vfio_cleanup() */
  readonly module: readonly Step<Module>[];
  /** in the eras where the core allocates */
  readonly life?: VfioLife;
  readonly register: readonly RegisterStep[];
  readonly unregister: readonly UnregisterStep[];
  /** a descriptor for a device is opened and closed */
  readonly open: (k: Kernel, device: VfioDevice) => MightSleep<number>;
  readonly close: (k: Kernel, device: VfioDevice) => MightSleep<void>;
  /** gives back the registration or the reference of an open file; the last one ends the wait */
  readonly put: (k: Kernel, device: VfioDevice) => void;
  /** whether the core itself answers VFIO_DEVICE_FEATURE */
  readonly answersFeature: boolean;
  /** the answer to SET_CONTAINER with a descriptor of something else */
  readonly notAContainer: number;
  readonly kvm: KvmLink;
  /** whether devices keep a pseudo file system of the module mounted */
  readonly pinsFilesystem: boolean;
}
