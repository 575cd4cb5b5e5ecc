/** References to a parent, in the eras where the core allocates it. Source: drivers/vfio/mdev/mdev_core.c, 5.10 */
import { put_device } from '../kernel/device.js';
import type { Kernel } from '../kernel/kernel.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { MdevParent } from './types.js';

/** Source: mdev_put_parent(), mdev_release_parent() */
export function* mdev_put_parent(k: Kernel, parent: MdevParent): MightSleep<void> {
  if (!parent.ref!.put()) return;
  k.live.delete(parent.ref!);
  yield* put_device(k, parent.dev);
}
