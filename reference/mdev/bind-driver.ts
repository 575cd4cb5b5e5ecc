/** Binding as the series had it. Source: mdev_bind_driver(), drivers/vfio/mdev/mdev_core.c, the series, patch 02 */
import { device_attach } from '../kernel/dd.js';
import { Errno } from '../kernel/errno.js';
import { ERRNO } from '../kernel/fault-inject.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { tracepoint } from '../kernel/tracepoint.js';
import type { CreateStep } from './era.js';
import type { MdevDevice } from './types.js';

/** @returns whether the device has the driver that its parent names, and what its probe said if not */
function* look(k: Kernel, { dev, probe_err, type }: MdevDevice): MightSleep<number | undefined> {
  yield* dev.mutex.lock(k);
  const bound = dev.driver && dev.driver === type.parent!.mdev_driver!.driver;
  dev.mutex.unlock(k);
  return bound ? 0 : probe_err || undefined;
}

/**
 * Usually the device is bound when it comes here, or its probe has failed; else it is offered once
 * more. That this worked is a result, too: it ends the create.
 * @returns 0; the probe's errno as it is; -EINVAL if nothing came of the second time, not even an
 *   errno of its own; or 1 if it was bound then
 */
const mdev_bind_driver = tracepoint(
  'mdev_bind_driver',
  (mdev: MdevDevice) => ({ dev: mdev.dev.name }),
  function* (k, mdev) {
    for (;;) {
      const known = yield* look(k, mdev);
      if (known !== undefined) return known;
      const ret = yield* device_attach(k, mdev.dev);
      if (ret) return ret;
      mdev.probe_err = -Errno.EINVAL;
    }
  },
  ERRNO,
);

/** The bus binds the device; the create makes sure. */
export const bind_driver: CreateStep = { make: mdev_bind_driver };
