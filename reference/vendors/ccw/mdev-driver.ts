/**
 * vfio_ccw_mdev, which binds the one device of a subchannel, with a structure that it shares with the
 * subchannel. Source: drivers/s390/cio/vfio_ccw_ops.c, the series (patch 07), 6.0, 6.1; seed 003
 */
import { Errno } from '../../kernel/errno.js';
import type { Module } from '../../kernel/module.js';
import { Completion } from '../../kernel/wait.js';
import type { MdevDevice, MdevDriver } from '../../mdev/types.js';
import { vfio_unregister_group_dev } from '../../vfio/device.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import type { VfioApi } from '../vfio-api.js';
import type { CcwFsm } from './fsm.js';
import { State, type CcwPrivate } from './private.js';
import { DEVICE_API, io_group } from './types.js';
import { vfio_ccw_dev_ops } from './vfio-ops.js';

/** What the eras of the driver do differently. */
export interface CcwMdevEra {
  readonly vfio: VfioApi;
  readonly fsm: CcwFsm;
  readonly perFd: boolean;
  /** whether the driver counts its devices; else the core does */
  readonly counts: boolean;
  /** whether whoever removes a device waits until nobody has a reference to it */
  readonly waitsForRelease: boolean;
}

/** The structure goes with the subchannel, so the release only tells that it may. Source: seed 003 */
const released: Pick<VfioDeviceOps, 'init' | 'release'> = {
  *init(_k, device) {
    shared(device.dev.parent!).release_comp = new Completion('release_comp');
    return 0;
  },
  *release(k, device) {
    shared(device.dev.parent!).release_comp.complete(k);
  },
};

const shared = (dev: { driver_data: unknown }): CcwPrivate => dev.driver_data as CcwPrivate;

const dev_ops = (era: CcwMdevEra): VfioDeviceOps => ({
  ...vfio_ccw_dev_ops({ fsm: era.fsm, numIrqs: 3 }, era.perFd),
  ...(era.waitsForRelease ? released : {}),
});

/** The driver of one loaded module. */
export function vfio_ccw_mdev_driver(mod: Module, era: CcwMdevEra): MdevDriver {
  const { vfio, fsm, counts } = era;
  const ops = dev_ops(era);
  const private_of = (mdev: MdevDevice): CcwPrivate => shared(mdev.dev.parent!);
  return {
    name: 'vfio_ccw_mdev',
    owner: mod,
    device_api: DEVICE_API,
    supported_type_groups: [io_group],
    ...(counts ? {} : { max_instances: 1 }),
    *probe(k, mdev) {
      const p = private_of(mdev);
      if (p.state === State.NOT_OPER) return -Errno.ENODEV;
      if (counts && p.avail <= 0) return -Errno.EPERM;
      if (counts) p.avail--;
      const device = yield* vfio.alloc(k, mdev.dev, ops);
      // What was counted stays counted: nobody gives it back. Source: seed 003
      if (typeof device === 'number') return device;
      device.driver_data = p;
      p.vdev = device;
      fsm.created(p);
      const error = yield* vfio.register(k, device);
      if (!error) return 0;
      yield* vfio.free(k, device);
      if (counts) p.avail++;
      return error;
    },
    *remove(k, mdev) {
      const p = private_of(mdev);
      const vdev: VfioDevice = p.vdev!;
      yield* vfio_unregister_group_dev(k, vdev);
      yield* vfio.free(k, vdev);
      if (era.waitsForRelease) yield* p.release_comp.wait(k);
      fsm.removed(p);
      if (counts) p.avail++;
    },
  };
}
