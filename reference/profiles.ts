/** The eras of the core, one row each. */
import { dev_printk } from './kernel/device.js';
import { LogLevel, printk } from './kernel/printk.js';
import { mdev } from './mdev/module.js';
import type { DriverCoreEra, Profile } from './profile.js';
import { mbochs } from './vendors/mbochs.js';
import { mdpy } from './vendors/mdpy.js';
import { mprop_mdev } from './vendors/mprop.js';
import { mscript } from './vendors/mscript.js';
import { MTTY_6_1, MTTY_6_12 } from './vendors/mtty-device.js';
import { mtty } from './vendors/mtty.js';
import { vfio_6_1, vfio_6_12 } from './vfio/eras.js';
import { exports_6_1, exports_6_12 } from './vfio/exports.js';
import { vfio_iommu_type1 } from './vfio/iommu-type1.js';
import { vfio_module } from './vfio/module.js';

/** Source: call_driver_probe(), drivers/base/dd.c; uevent_show(), drivers/base/core.c, 6.1 */
const probe_of: DriverCoreEra = {
  ueventShowLocks: true,
  probeFailed(k, dev, drv, error) {
    const text = `${drv.name}: probe of ${dev.name} failed with error ${error}`;
    printk(k, LogLevel.WARNING, text);
  },
};

/** Source: call_driver_probe(), drivers/base/dd.c; uevent_show(), drivers/base/core.c, 6.12 */
const probe_with_driver: DriverCoreEra = {
  ueventShowLocks: false,
  probeFailed(k, dev, drv, error) {
    const text = `probe with driver ${drv.name} failed with error ${error}`;
    dev_printk(k, LogLevel.ERR, dev, text);
  },
};

/** What every vendor driver needs to be one, in both eras. */
const vendor_imports = [
  '_vfio_alloc_device',
  'mdev_register_driver',
  'mdev_register_parent',
  'mdev_unregister_driver',
  'mdev_unregister_parent',
  'vfio_register_emulated_iommu_dev',
  'vfio_unregister_group_dev',
];

/** What mscript uses of the kernel that is for GPL modules only, beside class_create(). */
const kernel_gpl_symbols = [
  'class_destroy',
  'debugfs_create_dir',
  'debugfs_create_file',
  'debugfs_remove',
  'dev_set_name',
  'device_register',
  'device_unregister',
  'put_device',
];

/** mscript and its proprietary twin, which differ in their licence alone. */
function scripted(imports: readonly string[]) {
  const all = [...imports, ...kernel_gpl_symbols];
  return [mscript(all), mscript(all, { name: 'mprop_vfio', license: 'Proprietary' }), mprop_mdev];
}

const imports_6_1 = [...vendor_imports, 'vfio_free_device'];

const linux_6_1: Profile = {
  name: 'linux-6.1',
  title: 'mdev_register_parent, struct mdev_type arrays; checked against Linux 6.1.192',
  texts: { kobjectPrefix: '', warnsOfMissingGroup: true, limitsSynthWarnings: false },
  driverCore: probe_of,
  loader: {
    kernelGplSymbols: new Set([...kernel_gpl_symbols, '__class_create']),
    announcesLicenseTaint: false,
  },
  vfio: vfio_6_1,
  firstDynamicMajor: 246,
  modules: [
    vfio_module(exports_6_1),
    vfio_iommu_type1,
    mdev,
    mtty(MTTY_6_1, [...imports_6_1, 'vfio_set_irqs_validate_and_prepare']),
    mdpy(imports_6_1),
    mbochs(imports_6_1),
    ...scripted([...imports_6_1, '__class_create']),
  ],
};

const linux_6_12: Profile = {
  name: 'linux-6.12',
  title: 'the device is hidden before the wait; checked against Linux 6.12.117',
  texts: { kobjectPrefix: 'kobject: ', warnsOfMissingGroup: false, limitsSynthWarnings: true },
  driverCore: probe_with_driver,
  loader: {
    kernelGplSymbols: new Set([...kernel_gpl_symbols, 'class_create']),
    announcesLicenseTaint: true,
  },
  vfio: vfio_6_12,
  firstDynamicMajor: 245,
  modules: [
    vfio_module(exports_6_12),
    vfio_iommu_type1,
    mdev,
    mtty(MTTY_6_12, [
      ...vendor_imports,
      'vfio_mig_get_next_state',
      'vfio_set_irqs_validate_and_prepare',
    ]),
    mdpy(vendor_imports),
    mbochs(vendor_imports),
    ...scripted([...vendor_imports, 'class_create']),
  ],
};

/** Every profile, oldest first. */
export const profiles: readonly Profile[] = [linux_6_1, linux_6_12];
