/** The one type of device that a subchannel offers, in both forms. */
import type { MdevType, MdevTypeGroup } from '../../mdev/types.js';
import type { CcwPrivate } from './private.js';

const PRETTY_NAME = 'I/O subchannel (Non-QDIO)';
export const DEVICE_API = 'vfio-ccw';

/** Source: mdev_type_group, drivers/s390/cio/vfio_ccw_ops.c, up to 6.0 */
export const io_group: MdevTypeGroup = {
  name: 'io',
  attrs: [
    { name: 'name', show: () => `${PRETTY_NAME}\n` },
    { name: 'device_api', show: () => `${DEVICE_API}\n` },
    {
      name: 'available_instances',
      show: (_k, type) => `${(type.parent!.dev.driver_data as CcwPrivate).avail}\n`,
    },
  ],
};

/** Each parent has its own. Source: vfio_ccw_sch_probe(), 6.1 */
export const io_type = (): MdevType => ({ sysfs_name: 'io', pretty_name: PRETTY_NAME });
