/** How a driver that binds its devices offers types, in the eras of mdev_register_device(). */
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import { mdev_register_device_driver } from '../../mdev/register-driver.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import type { MdevDriver } from '../../mdev/types.js';
import type { Offer } from '../sample.js';

/** @param dev_attr_groups attributes of the parent, in the eras that still give it some */
export type OfferForm = (
  driver: MdevDriver | undefined,
  dev_attr_groups?: readonly AttributeGroup[],
) => Offer;

/** The driver is a member of the parent's operations. Source: the series, patch 02; 5.14 */
export const offered_by_ops: OfferForm = (driver, dev_attr_groups = []) => ({
  register: (k, dev) =>
    mdev_register_device(k, dev, {
      driver: driver?.name ?? '',
      owner: driver?.owner,
      dev_attr_groups,
      ...(driver ? { device_driver: driver } : {}),
      ...(driver?.supported_type_groups
        ? { supported_type_groups: driver.supported_type_groups }
        : {}),
    }),
  unregister: mdev_unregister_device,
});

/** The driver is all there is. Source: the series, patch 11; 6.0 */
export const offered_by_driver: OfferForm = (driver) => ({
  register: (k, dev) => mdev_register_device_driver(k, dev, driver),
  unregister: mdev_unregister_device,
});
