/**
 * Modules that need symbols, offer symbols, and do nothing else: what the loader says of them is all
 * there is. A build refuses some of them; their licence is changed in the file, as that of mprop_vfio
 * was for the recordings. assumed: their symbol tables are in link order; none of them was recorded
 */
import type { Export, ModuleDefinition } from '../../kernel/module.js';
import { symbol_groups } from './symbols.js';

const GPL = 'GPL';
const PROPRIETARY = 'Proprietary';

const ko = (
  name: string,
  license: string,
  imports: readonly string[],
  exports: readonly Export[] = [],
): ModuleDefinition => ({ name, license, outOfTree: true, imports, exports });

const plain = (name: string): Export => ({ name, gpl: false });

/** Two modules for each group of symbols, which differ in their licence alone. */
const by_symbols = Object.entries(symbol_groups).flatMap(([group, symbols]) => [
  ko(`mgpl_${group}`, GPL, symbols),
  ko(`mprop_${group}`, PROPRIETARY, symbols),
]);

/** Licences, by what is in the name of the module; a module without a licence has this one. Source: facts, 10.3 */
const licenses: Readonly<Record<string, string>> = {
  gpl: 'GPL',
  gpl_v2: 'GPL v2',
  gpl_and_additional_rights: 'GPL and additional rights',
  dual_bsd_gpl: 'Dual BSD/GPL',
  dual_mit_gpl: 'Dual MIT/GPL',
  dual_mpl_gpl: 'Dual MPL/GPL',
  gpl_v2_only: 'GPL v2 only',
  bsd: 'BSD',
  proprietary: 'Proprietary',
  none: 'unspecified',
};

/** Each needs the same two symbols: one for GPL modules only, one for all. */
const by_license = Object.entries(licenses).map(([name, license]) =>
  ko(`mlic_${name}`, license, ['vfio_info_add_capability', 'vfio_register_iommu_driver']),
);

/**
 * A proprietary module that offers symbols, and GPL modules that take them. In the order of a symbol
 * table `mprop_start` comes before `vfio_register_iommu_driver`, which comes before `mprop_stop`.
 */
const inheriting = [
  ko(
    'mprop_exporter',
    PROPRIETARY,
    [],
    [plain('mprop_start'), plain('mprop_stop'), { name: 'mprop_gpl_only', gpl: true }],
  ),
  ko('mgpl_borrower', GPL, ['mprop_start', 'mprop_stop'], [plain('mgpl_lend')]),
  ko('mgpl_second_hand', GPL, ['mgpl_lend']),
  ko('mgpl_second_hand_first', GPL, ['mgpl_lend', 'vfio_register_group_dev']),
  ko('mgpl_proprietary_first', GPL, ['mprop_start', 'vfio_register_iommu_driver']),
  ko('mgpl_gpl_first', GPL, ['vfio_register_iommu_driver', 'mprop_stop']),
  ko('mgpl_proprietary_then_plain', GPL, ['mprop_start', 'vfio_info_add_capability']),
  ko('mgpl_of_gpl_only', GPL, ['mprop_gpl_only']),
  ko('mprop_of_gpl_only', PROPRIETARY, ['mprop_gpl_only']),
  ko('mprop_borrower', PROPRIETARY, ['mprop_start', 'mprop_stop']),
];

/** A GPL module that hands a GPL-only function on under a name of its own, and one that takes it. */
const handing_on = [
  ko('mgpl_wrapper', GPL, ['vfio_register_iommu_driver'], [plain('mgpl_wrapped_register')]),
  ko('mprop_of_wrapper', PROPRIETARY, ['mgpl_wrapped_register']),
];

/** The same in every era: a file that was built, whatever the kernel offers. */
export const link_modules: readonly ModuleDefinition[] = [
  ...by_symbols,
  ...by_license,
  ...inheriting,
  ...handing_on,
];
