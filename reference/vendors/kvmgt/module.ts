/** The module kvmgt, which makes a card that shares a parent. Source: kvmgt_init(), kvmgt_exit(), drivers/gpu/drm/i915/gvt/kvmgt.c */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { Step } from '../../kernel/steps.js';
import { mdev_register_driver, mdev_unregister_driver } from '../../mdev/driver.js';
import type { MdevDriver } from '../../mdev/types.js';
import { module_of_steps } from '../../kernel/module-of-steps.js';
import type { Offer } from '../sample.js';
import type { Gvt } from './gvt.js';
import { gvt_host, type GvtHost } from './i915.js';

/** What the module makes, and on what. */
export interface Parts {
  readonly mod: Module;
  readonly host: GvtHost | undefined;
  readonly driver: MdevDriver | undefined;
  offer?: Offer;
}

export interface KvmgtEra {
  readonly imports: readonly string[];
  /** in the order of the era's init */
  readonly steps: readonly Step<Parts>[];
  /** the same in an order whose reverse is that of the exit, where that differs */
  readonly goes?: readonly Step<Parts>[];
  /** the driver of the devices, in the eras where it is one */
  driver?(k: Kernel, mod: Module): MdevDriver;
}

/** What an era that is told of guests takes of vfio.ko. */
export const NOTIFIED_SYMBOLS = [
  'vfio_dma_rw',
  'vfio_group_get_external_user_from_dev',
  'vfio_group_pin_pages',
  'vfio_group_put_external_user',
  'vfio_group_unpin_pages',
  'vfio_info_add_capability',
  'vfio_register_notifier',
  'vfio_set_irqs_validate_and_prepare',
  'vfio_unregister_notifier',
];

type OfferOf = (mod: Module, gvt: Gvt, driver: MdevDriver | undefined) => Offer;

const with_parent = (offer_of: OfferOf, absent: number): Step<Parts> => ({
  *make(k, parts) {
    const { host } = parts;
    if (!host) return absent;
    parts.offer = offer_of(parts.mod, host.gvt, parts.driver);
    return yield* parts.offer.register(k, host.dev);
  },
  *undo(k, { host, offer }) {
    if (host) yield* offer!.unregister(k, host.dev);
  },
});

/** The card as a parent; without one the module is refused. Source: intel_gvt_register_hypervisor(), 5.10 */
export const parent_when_present = (offer: OfferOf): Step<Parts> =>
  with_parent(offer, -Errno.ENODEV);

/** The card as a parent; without one the module is there all the same. Source: intel_gvt_set_ops(), 6.0 */
export const parent_if_present = (offer: OfferOf): Step<Parts> => with_parent(offer, 0);

/** The driver of the devices. */
export const mdev_driver: Step<Parts> = {
  make: (k, { driver }) => mdev_register_driver(k, driver!),
  undo: (k, { driver }) => mdev_unregister_driver(k, driver!),
};

const KVM_SYMBOLS = [
  'kvm_get_kvm',
  'kvm_page_track_register_notifier',
  'kvm_page_track_unregister_notifier',
  'kvm_put_kvm',
];

/** The module of one era. */
export const kvmgt = (era: KvmgtEra): ModuleDefinition => {
  const of = {
    name: 'kvmgt',
    license: 'GPL and additional rights',
    vendors: ['kvmgt', 'intel_vgpu_mdev'],
    imports: [...era.imports, ...KVM_SYMBOLS],
  };
  return module_of_steps<Parts>(
    of,
    (k, mod) => ({ mod, host: gvt_host(k), driver: era.driver?.(k, mod) }),
    era.steps,
    era.goes,
  );
};
