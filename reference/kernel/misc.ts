/** Devices that share the major of the misc driver. Source: drivers/char/misc.c, 6.1 */
import { cdev_device_add, cdev_device_del, type CharDevice } from './chrdev.js';
import type { DeviceClass } from './class.js';
import { Device, put_device } from './device.js';
import { Errno } from './errno.js';
import { perKernel, type Kernel } from './kernel.js';
import { Kobject, Kset } from './kobject.js';
import { kernel_root } from './ksets.js';
import type { MightSleep } from './scheduler.js';

const MISC_MAJOR = 10;
/** Source: MISC_DYNAMIC_MINOR; the first number given to those who ask for any */
const FIRST_DYNAMIC_MINOR = 127;

/** Source: struct miscdevice; the map's entry is the misc driver's own, which is built in */
export interface MiscDevice extends Omit<CharDevice, 'cdev_owner'> {
  readonly name: string;
  readonly minor?: number;
  readonly nodename?: string;
  readonly mode?: number;
  this_device?: Device;
}

/** The class is older than any module, and other devices keep its directory. */
const misc = perKernel((k) => {
  const root = kernel_root(k);
  const kobj = new Kobject('misc', { name: 'class_ktype' });
  kobj.sd = root.class_kset.kobj.sd!.mkdir('misc')!;
  kobj.parent = root.class_kset.kobj;
  const dir = new Kobject('misc', { name: 'class_dir_ktype' });
  dir.sd = root.virtual.sd!.mkdir('misc')!;
  dir.parent = root.virtual;
  const cls: DeviceClass = {
    name: 'misc',
    subsys: new Kset(kobj),
    glue_dirs: [dir],
    devnode: (dev) => {
      const { nodename, mode } = dev.owner as MiscDevice;
      return {
        ...(nodename === undefined ? {} : { name: nodename }),
        ...(mode === undefined ? {} : { mode }),
      };
    },
    *dev_release() {
      return;
    },
  };
  return { cls, minors: new Set<number>() };
});

/** Makes the class, as the boot does. Source: misc_init() */
export function misc_init(k: Kernel): void {
  misc(k);
}

/**
 * Registers a device and its node.
 * @returns 0; -EBUSY if somebody has the minor that it wants; else what sysfs says
 * Source: misc_register()
 */
export function* misc_register(k: Kernel, device: MiscDevice): MightSleep<number> {
  const { cls, minors } = misc(k);
  let minor = device.minor ?? FIRST_DYNAMIC_MINOR;
  if (device.minor === undefined) while (minors.has(minor)) minor--;
  if (minors.has(minor)) return -Errno.EBUSY;
  minors.add(minor);
  const devt = { major: MISC_MAJOR, minor };
  const dev = new Device({ name: device.name, class: cls, devt, owner: device });
  const error = yield* cdev_device_add(k, { ...device, cdev_owner: undefined }, dev);
  if (error) {
    minors.delete(minor);
    yield* put_device(k, dev);
  } else {
    device.this_device = dev;
  }
  return error;
}

/** Source: misc_deregister() */
export function* misc_deregister(k: Kernel, device: MiscDevice): MightSleep<void> {
  const dev = device.this_device!;
  yield* cdev_device_del(k, dev);
  misc(k).minors.delete(dev.devt!.minor);
  yield* put_device(k, dev);
}
