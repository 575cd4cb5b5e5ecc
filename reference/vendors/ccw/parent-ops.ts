/** vfio_ccw in the eras of mdev_parent_ops. Source: drivers/s390/cio/vfio_ccw_ops.c, 5.13 */
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { mdev_register_device, mdev_unregister_device } from '../../mdev/parent-ops.js';
import type { MdevDevice, MdevParentOps } from '../../mdev/types.js';
import type { Offer } from '../sample.js';
import { ccw_ioctl, ccw_read, ccw_write, REGIONS_PER_OPEN, type CcwDescriptor } from './device.js';
import { quiesced } from './fsm.js';
import { State, type CcwPrivate } from './private.js';
import { vfio_ccw_mdev_request } from './request.js';
import { io_group } from './types.js';

const private_of = (mdev: MdevDevice): CcwPrivate => mdev.dev.parent!.driver_data as CcwPrivate;

/** Every open adds the regions again, and the first close takes all of them away. */
const descriptor_ops = (era: CcwDescriptor): Partial<MdevParentOps> => ({
  *open(_k, mdev) {
    private_of(mdev).num_regions += REGIONS_PER_OPEN;
    return 0;
  },
  *release(k, mdev) {
    const p = private_of(mdev);
    quiesced.closed(k, p);
    p.num_regions = 0;
  },
  read: (_k, mdev, count, pos) => ccw_read(private_of(mdev), count, pos),
  write: (k, mdev, data, pos) => ccw_write(k, private_of(mdev), data, pos, era),
  ioctl: (k, mdev, request, arg) => ccw_ioctl(k, private_of(mdev), request, arg, era),
});

/**
 * How a subchannel is offered.
 * @param requests whether the driver can be asked for its device, which it can from 5.11 on
 */
export function offered_with_ops(mod: Module, requests: boolean): Offer {
  const era: CcwDescriptor = { fsm: quiesced, numIrqs: requests ? 3 : 2 };
  const ops: MdevParentOps = {
    driver: 'vfio_ccw',
    owner: mod,
    supported_type_groups: [io_group],
    *create(_k, _type, mdev) {
      const p = private_of(mdev);
      if (p.state === State.NOT_OPER) return -Errno.ENODEV;
      if (p.avail <= 0) return -Errno.EPERM;
      p.avail--;
      p.mdev = mdev;
      quiesced.created(p);
      return 0;
    },
    *remove(_k, mdev) {
      const p = private_of(mdev);
      quiesced.removed(p);
      p.mdev = undefined;
      p.avail++;
      return 0;
    },
    ...descriptor_ops(era),
    ...(requests
      ? {
          *request(k, mdev, count) {
            vfio_ccw_mdev_request(k, mdev.dev, private_of(mdev), count);
          },
        }
      : {}),
  };
  return {
    register: (k, dev) => mdev_register_device(k, dev, ops),
    unregister: mdev_unregister_device,
  };
}
