import type { MdevDevice } from '../../mdev/types.js';
import type { VfioDevice } from '../../vfio/types.js';
import { Completion } from '../../kernel/wait.js';
import type { EventfdContext } from '../eventfd.js';
import type { Offer } from '../sample.js';
import type { Subchannel } from './subchannel.js';

/** Source: enum vfio_ccw_state, drivers/s390/cio/vfio_ccw_private.h; channel programs never run here */
export const State = { NOT_OPER: 0, STANDBY: 1, IDLE: 2 } as const;

/** Source: struct vfio_ccw_private */
export interface CcwPrivate {
  readonly sch: Subchannel;
  state: (typeof State)[keyof typeof State];
  /** devices that may still be made, in the eras where the driver counts them */
  avail: number;
  /** how the subchannel is a parent */
  readonly offer: Offer | undefined;
  mdev: MdevDevice | undefined;
  vdev: VfioDevice | undefined;
  /** the last reference to the VFIO device is gone */
  release_comp: Completion;
  /** regions beyond the first one, which come and go with those who have the device open */
  num_regions: number;
  readonly io_region: Uint8Array;
  readonly triggers: Map<number, EventfdContext>;
}

/** Source: struct ccw_io_region: 12 bytes of orb, 12 of scsw, 96 of irb, and the return code */
export const IO_REGION_SIZE = 124;

/** Source: vfio_ccw_alloc_private() */
export function vfio_ccw_alloc_private(sch: Subchannel, offer?: Offer): CcwPrivate {
  return {
    sch,
    state: State.STANDBY,
    avail: 1,
    offer,
    mdev: undefined,
    vdev: undefined,
    release_comp: new Completion('release_comp'),
    num_regions: 0,
    io_region: new Uint8Array(IO_REGION_SIZE),
    triggers: new Map(),
  };
}
