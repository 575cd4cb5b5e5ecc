/** The driver of the graphics card, as far as it has cards to share. Source: drivers/gpu/drm/i915/intel_gvt.c */
import type { Device } from '../../kernel/device.js';
import { perKernel, type Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { Step } from '../../kernel/steps.js';
import { module_of_steps } from '../../kernel/module-of-steps.js';
import { pci_step, type PciFunction } from '../pci.js';
import { Gvt } from './gvt.js';

/** The card, and what it shares if it was told to. Source: intel_gvt_host, 5.10; intel_gvt_devices, 6.1 */
export interface GvtHost {
  readonly dev: Device;
  readonly gvt: Gvt;
}

const state = perKernel<{ host: GvtHost | undefined }>(() => ({ host: undefined }));

/** @returns the card that shares, if there is one */
export const gvt_host = (k: Kernel): GvtHost | undefined => state(k).host;

/** Where integrated graphics is. */
const SLOT = '0000:00:02.0';

interface Parts {
  readonly mod: Module;
  card?: PciFunction;
}

const sharing: Step<Parts> = {
  *make(k, { card, mod: { params } }) {
    if (!params['enable_gvt']) return 0;
    const low = params['aperture_mb'] as number;
    const high = (params['ggtt_mb'] as number) - low;
    const fence = params['fences'] as number;
    const gvt = new Gvt({ low, high, fence }, params['gen'] as number);
    state(k).host = { dev: card!.dev, gvt };
    return 0;
  },
  *undo(k) {
    state(k).host = undefined;
  },
};

/**
 * The module of one era. Its parameters are what the kernel's has, and behind that the card: megabytes
 * of aperture and of all graphics memory, fence registers, and the generation.
 * @param symbols what kvmgt takes of it
 */
export const i915 = (symbols: readonly string[]): ModuleDefinition =>
  module_of_steps<Parts>(
    {
      name: 'i915',
      license: 'GPL and additional rights',
      imports: [],
      exports: symbols.map((name) => ({ name, gpl: true })),
      params: {
        enable_gvt: { type: 'bool', init: false, mode: 0o400 },
        aperture_mb: { type: 'uint', init: 1024, mode: 0o444 },
        ggtt_mb: { type: 'uint', init: 4096, mode: 0o444 },
        fences: { type: 'uint', init: 32, mode: 0o444 },
        gen: { type: 'uint', init: 9, mode: 0o444 },
      },
    },
    (_k, mod) => ({ mod }),
    [pci_step(SLOT), sharing],
  );

/** Source: EXPORT_SYMBOL_GPL lines, drivers/gpu/drm/i915/gvt/gvt.c, 5.10 */
export const HYPERVISOR_SYMBOLS = [
  'intel_gvt_register_hypervisor',
  'intel_gvt_unregister_hypervisor',
];

/** Source: EXPORT_SYMBOL_NS_GPL lines, drivers/gpu/drm/i915/intel_gvt.c, 6.0 */
export const OPS_SYMBOLS = ['intel_gvt_clear_ops', 'intel_gvt_set_ops'];
