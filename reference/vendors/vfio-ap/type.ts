/** The one type of device. Source: drivers/s390/crypto/vfio_ap_ops.c */
import type { MdevType, MdevTypeGroup } from '../../mdev/types.js';
import type { MatrixDev } from './matrix.js';

export const DEVICE_API = 'vfio-ap';

export const passthrough = (): MdevType => ({
  sysfs_name: 'passthrough',
  pretty_name: 'VFIO AP Passthrough Device',
});

/** The type as a group of attributes, in the eras where it is one. */
export function type_group(available: () => number): MdevTypeGroup {
  const type = passthrough();
  return {
    name: type.sysfs_name,
    type,
    attrs: [
      { name: 'name', show: () => `${type.pretty_name}\n` },
      { name: 'device_api', show: () => `${DEVICE_API}\n` },
      { name: 'available_instances', show: () => `${available()}\n` },
    ],
  };
}

/** The driver counts what is left. Source: vfio_ap_mdev_create(), 5.10; available_instances_show() */
export const counted_type = (matrix: MatrixDev): MdevTypeGroup =>
  type_group(() => matrix.available_instances);
