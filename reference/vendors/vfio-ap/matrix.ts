/** The matrix of adapters and domains, and its parts that mediated devices have. Source: drivers/s390/crypto/vfio_ap_private.h, vfio_ap_ops.c */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { Mutex } from '../../kernel/locks.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { msleep } from '../../kernel/wait.js';
import type { Kvm } from '../../kvm/kvm.js';
import type { MdevDevice } from '../../mdev/types.js';
import type { ApHardware } from './hardware.js';

/** Source: MAX_ZDEV_ENTRIES_EXT, arch/s390/include/uapi/asm/zcrypt.h: every adapter with every domain */
export const MAX_ZDEV_ENTRIES_EXT = 256 * 256;

/** Source: the interval and the number of times of vfio_ap_mdev_reset_queue() */
const RESET_INTERVAL_MS = 20;
const RESET_LOOKS = 2;

export type MaskName = 'adapters' | 'domains' | 'controls';

/** What a mediated device has. Source: struct ap_matrix_mdev */
export interface ApMatrixMdev {
  readonly masks: Readonly<Record<MaskName, Set<number>>>;
  /** the guest that uses it */
  kvm: Kvm | undefined;
}

/** How strict the eras are with what a device is given. */
export interface ApRules {
  /** a queue that isn't there can't be had, and a device in use isn't changed; else the guest gets what there is */
  readonly strict: boolean;
}

/** The device that has the hardware. Source: struct ap_matrix_dev */
export class MatrixDev {
  readonly lock = new Mutex('matrix_dev->lock');
  readonly mdev_list: ApMatrixMdev[] = [];
  available_instances = MAX_ZDEV_ENTRIES_EXT;

  constructor(
    readonly hardware: ApHardware,
    readonly rules: ApRules,
  ) {}

  /** The highest number that a mask takes. */
  max(mask: MaskName): number {
    return mask === 'adapters' ? this.hardware.maxAdapter : this.hardware.maxDomain;
  }

  /** A device with nothing. */
  *add(k: Kernel): MightSleep<ApMatrixMdev> {
    const device: ApMatrixMdev = {
      masks: { adapters: new Set(), domains: new Set(), controls: new Set() },
      kvm: undefined,
    };
    yield* this.lock.lock(k);
    this.mdev_list.unshift(device);
    this.lock.unlock(k);
    return device;
  }

  /** Resets what the device has, and forgets it. */
  *remove(k: Kernel, device: ApMatrixMdev): MightSleep<void> {
    yield* this.lock.lock(k);
    yield* this.reset_queues(k, device);
    this.mdev_list.splice(this.mdev_list.indexOf(device), 1);
    this.lock.unlock(k);
  }

  /** Source: vfio_ap_mdev_reset_queues(), vfio_ap_mdev_reset_queue() */
  *reset_queues(k: Kernel, { masks }: ApMatrixMdev): MightSleep<void> {
    const { hardware } = this;
    for (const adapter of masks.adapters) {
      for (const domain of masks.domains) {
        if (!hardware.has(adapter, domain)) continue;
        const empty = k.sched.now + hardware.resetMs;
        for (let look = 0; look < RESET_LOOKS && k.sched.now < empty; look++) {
          yield* msleep(k, RESET_INTERVAL_MS);
        }
      }
    }
  }

  /**
   * Gives a device an adapter or a domain, with every queue that comes of it. The caller holds the lock.
   * @returns 0; -EADDRNOTAVAIL for a queue that isn't there, -EADDRINUSE for one that another device has
   */
  assign(device: ApMatrixMdev, mask: MaskName, id: number): number {
    const { masks } = device;
    if (mask !== 'controls' && this.rules.strict && !this.reserved(device, mask, id)) {
      return -Errno.EADDRNOTAVAIL;
    }
    const had = masks[mask].has(id);
    masks[mask].add(id);
    if (mask === 'controls' || !this.shared(device)) return 0;
    if (!had) masks[mask].delete(id);
    return -Errno.EADDRINUSE;
  }

  /** Source: vfio_ap_verify_queue_reserved() */
  private reserved({ masks }: ApMatrixMdev, mask: 'adapters' | 'domains', id: number): boolean {
    const { hardware } = this;
    const others = [...masks[mask === 'adapters' ? 'domains' : 'adapters']];
    const has = (other: number): boolean =>
      mask === 'adapters' ? hardware.has(id, other) : hardware.has(other, id);
    if (others.length > 0) return others.every(has);
    const max = this.max(mask === 'adapters' ? 'domains' : 'adapters');
    return Array.from({ length: max + 1 }, (_, other) => other).some(has);
  }

  /** Whether another device has one of the queues. Source: vfio_ap_mdev_verify_no_sharing() */
  private shared(device: ApMatrixMdev): boolean {
    const meet = (mask: MaskName, other: ApMatrixMdev): boolean =>
      [...device.masks[mask]].some((id) => other.masks[mask].has(id));
    return this.mdev_list.some(
      (other) => other !== device && meet('adapters', other) && meet('domains', other),
    );
  }

  /** What a guest gets of it: no adapter that lacks a queue. Source: vfio_ap_mdev_filter_matrix(), 6.0 */
  guest_masks({ masks: { adapters, domains } }: ApMatrixMdev): {
    adapters: Set<number>;
    domains: Set<number>;
  } {
    const whole = (adapter: number): boolean =>
      [...domains].every((domain) => this.hardware.has(adapter, domain));
    return { adapters: new Set([...adapters].filter(whole)), domains };
  }
}

/** Source: mdev_get_drvdata(), dev_get_drvdata() */
export const matrix_of = (mdev: MdevDevice): ApMatrixMdev => mdev.driver_data as ApMatrixMdev;
