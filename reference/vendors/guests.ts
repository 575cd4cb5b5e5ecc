/** The drivers whose devices need a guest, era by era, with the hardware they stand on and the guests' own module. */
import type { ModuleDefinition } from '../kernel/module.js';
import { kvm_module } from '../kvm/module.js';
import { HYPERVISOR_SYMBOLS, i915, OPS_SYMBOLS } from './kvmgt/i915.js';
import { GVT_2022, GVT_6_1, GVT_6_12 } from './kvmgt/life-cycle.js';
import { kvmgt, type KvmgtEra } from './kvmgt/module.js';
import { GVT_5_10, GVT_5_13 } from './kvmgt/parent-ops.js';
import { GVT_6_0, GVT_SERIES_02, GVT_SERIES_11 } from './kvmgt/probed.js';
import { ap } from './vfio-ap/hardware.js';
import { AP_2022, AP_6_1, AP_6_12 } from './vfio-ap/life-cycle.js';
import { vfio_ap, type ApEra } from './vfio-ap/module.js';
import { AP_5_10, AP_5_13, AP_5_14 } from './vfio-ap/parent-ops.js';
import { AP_6_0, AP_SERIES_02, AP_SERIES_11 } from './vfio-ap/probed.js';

const guests =
  (symbols: readonly string[]) =>
  (ap_era: ApEra, gvt_era: KvmgtEra): readonly ModuleDefinition[] => [
    kvm_module,
    ap,
    vfio_ap(ap_era),
    i915(symbols),
    kvmgt(gvt_era),
  ];

const hypervisor = guests(HYPERVISOR_SYMBOLS);
const ops = guests(OPS_SYMBOLS);

export const guests_5_10 = hypervisor(AP_5_10, GVT_5_10);
export const guests_5_13 = hypervisor(AP_5_13, GVT_5_13);
export const guests_series_02 = hypervisor(AP_SERIES_02, GVT_SERIES_02);
export const guests_series_11 = hypervisor(AP_SERIES_11, GVT_SERIES_11);
export const guests_5_14 = hypervisor(AP_5_14, GVT_5_13);
export const guests_6_0 = ops(AP_6_0, GVT_6_0);
export const guests_2022 = ops(AP_2022, GVT_2022);
export const guests_6_1 = ops(AP_6_1, GVT_6_1);
export const guests_6_12 = ops(AP_6_12, GVT_6_12);
