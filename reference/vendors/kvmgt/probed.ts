/** kvmgt as the driver of its devices, before the life-cycle helpers. Source: drivers/gpu/drm/i915/gvt/kvmgt.c, the series (patch 08, as in its branch), 6.0 */
import type { Kernel } from '../../kernel/kernel.js';
import type { Module } from '../../kernel/module.js';
import { warn_on, warn_on_once } from '../../kernel/warn.js';
import type { MdevDriver } from '../../mdev/types.js';
import type { VfioDevice, VfioDeviceOps } from '../../vfio/types.js';
import { registers_device, registers_driver } from '../imports.js';
import { offered_by_driver, offered_by_ops, type OfferForm } from '../mdev-driver/offer.js';
import { in_group_of_bus, in_group_of_its_own, type VfioApi } from '../vfio-api.js';
import { vgpu_ioctl } from './descriptor.js';
import type { Gvt, Vgpu } from './gvt.js';
import { attach, detach, open, release } from './guest.js';
import { gvt_host, HYPERVISOR_SYMBOLS, OPS_SYMBOLS } from './i915.js';
import {
  mdev_driver,
  NOTIFIED_SYMBOLS,
  parent_if_present,
  parent_when_present,
  type KvmgtEra,
} from './module.js';
import { create_vgpu, type_groups, vgpu_groups, vgpu_of } from './types.js';

type OpenClose = Pick<VfioDeviceOps, 'per_fd' | 'open_device' | 'close_device'>;

const vgpu_behind = ({ driver_data }: VfioDevice): Vgpu => driver_data as Vgpu;

const told = (mod: Module, gvt: Gvt): OpenClose => ({
  per_fd: {
    open: (k, vdev) => open(k, vdev.dev, gvt, vgpu_behind(vdev), mod),
    release: (k, vdev) => release(k, vdev.dev, vgpu_behind(vdev), mod),
  },
});

/** Source: intel_vgpu_open_device(), 6.0 */
export const asked = (gvt: Gvt): OpenClose => ({
  *open_device(k, vdev) {
    return attach(k, gvt, vgpu_behind(vdev), vdev.kvm);
  },
  close_device: (k, vdev) => detach(k, vgpu_behind(vdev)),
});

interface ProbedEra {
  readonly vfio: VfioApi;
  /** what is said of a card that is in use when its driver is taken away */
  readonly warn: typeof warn_on;
  open_close(mod: Module, gvt: Gvt): OpenClose;
}

/** Removing a card forgets its VFIO device, which stays registered; one that is open stays altogether. */
function vgpu_driver(mod: Module, gvt: Gvt, { vfio, open_close, warn }: ProbedEra): MdevDriver {
  const ops: VfioDeviceOps = {
    driver: 'intel_vgpu_mdev',
    ...open_close(mod, gvt),
    ioctl: (_k, _vdev, request, arg) => vgpu_ioctl(request, arg.memory),
  };
  return {
    name: 'intel_vgpu_mdev',
    owner: mod,
    dev_groups: vgpu_groups,
    supported_type_groups: type_groups(gvt),
    *probe(k, mdev) {
      const vgpu = create_vgpu(k, gvt, mdev.type);
      if (typeof vgpu === 'number') return vgpu;
      const vdev = (yield* vfio.alloc(k, mdev.dev, ops)) as VfioDevice;
      vdev.driver_data = vgpu;
      mdev.driver_data = vgpu;
      const error = yield* vfio.register(k, vdev);
      if (error) gvt.destroy(vgpu);
      return error;
    },
    *remove(k, mdev) {
      if (!vgpu_of(mdev).attached) {
        gvt.destroy(vgpu_of(mdev));
        return;
      }
      warn(k, 'intel_vgpu_remove');
      k.leaked.push(`what ${mdev.dev.name} took of kvmgt`);
    },
  };
}

const driver_of =
  (era: ProbedEra) =>
  (k: Kernel, mod: Module): MdevDriver => {
    const host = gvt_host(k);
    // Without a card nothing is offered, and the driver has no device to see.
    return host ? vgpu_driver(mod, host.gvt, era) : { name: 'intel_vgpu_mdev', owner: mod };
  };

const imports = [...registers_device, ...registers_driver];

const SERIES: ProbedEra = {
  vfio: in_group_of_bus,
  warn: warn_on,
  open_close: told,
};

/** The driver comes first, and goes first, too: its devices lose it before they go. */
function series(offer: OfferForm): KvmgtEra {
  const parent = parent_when_present((_mod, _gvt, driver) => offer(driver));
  return {
    imports: [
      ...imports,
      'mdev_get_type_group_id',
      'mdev_parent_dev',
      'mtype_get_parent_dev',
      'mtype_get_type_group_id',
      ...NOTIFIED_SYMBOLS,
      ...HYPERVISOR_SYMBOLS,
      ...in_group_of_bus.imports,
    ],
    steps: [mdev_driver, parent],
    goes: [parent, mdev_driver],
    driver: driver_of(SERIES),
  };
}

export const GVT_SERIES_02 = series(offered_by_ops);
export const GVT_SERIES_11 = series(offered_by_driver);

/** What kvmgt takes of vfio.ko once a device knows its guest. */
export const ASKED_SYMBOLS = [
  'vfio_dma_rw',
  'vfio_info_add_capability',
  'vfio_pin_pages',
  'vfio_register_emulated_iommu_dev',
  'vfio_set_irqs_validate_and_prepare',
  'vfio_unpin_pages',
];

export const GVT_6_0: KvmgtEra = {
  imports: [...imports, ...ASKED_SYMBOLS, 'vfio_init_group_dev', ...OPS_SYMBOLS],
  steps: [parent_if_present((_mod, _gvt, driver) => offered_by_driver(driver)), mdev_driver],
  driver: driver_of({
    vfio: in_group_of_its_own,
    warn: warn_on_once,
    open_close: (_mod, gvt) => asked(gvt),
  }),
};
