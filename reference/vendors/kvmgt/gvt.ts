/**
 * What a graphics card has to share, and who has it. Megabytes throughout.
 * Source: drivers/gpu/drm/i915/gvt/gvt.h, vgpu.c, aperture_gm.c, 5.10 and 6.1
 */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { LogLevel, printk } from '../../kernel/printk.js';
import type { VfioGroup } from '../../vfio/types.js';
import type { NotifierBlock } from '../../kernel/notifier.js';
import type { Kvm } from '../../kvm/kvm.js';

/** What the host keeps for itself. Source: HOST_LOW_GM_SIZE, HOST_HIGH_GM_SIZE, HOST_FENCE */
const HOST: Amounts = { low: 128, high: 384, fence: 4 };

/** Virtual cards have the numbers from 1 up to this one, without it. Source: GVT_MAX_VGPU */
const GVT_MAX_VGPU = 8;

/** Aperture, hidden memory, and fence registers. */
export interface Amounts {
  readonly low: number;
  readonly high: number;
  readonly fence: number;
}

export interface GvtConfig extends Amounts {
  readonly name: string;
  readonly weight: number;
  readonly resolution: string;
}

/** Source: intel_vgpu_configs, vgpu.c */
const CONFIGS: readonly GvtConfig[] = [
  { name: '8', low: 64, high: 384, fence: 4, weight: 2, resolution: '1024x768' },
  { name: '4', low: 128, high: 512, fence: 4, weight: 4, resolution: '1920x1200' },
  { name: '2', low: 256, high: 1024, fence: 4, weight: 8, resolution: '1920x1200' },
  { name: '1', low: 512, high: 2048, fence: 4, weight: 16, resolution: '1920x1200' },
];

/** A virtual card. Source: struct intel_vgpu */
export interface Vgpu {
  readonly id: number;
  readonly config: GvtConfig;
  /** the guest that has it open. Source: handle, 5.10; attached, 6.0 */
  attached: Kvm | undefined;
  /** what it was told of its guest, in the eras where it is told */
  kvm: Kvm | undefined;
  block?: NotifierBlock<Kvm | undefined>;
  group?: VfioGroup;
  /** somebody is releasing it, or did. Source: struct kvmgt_vdev, released */
  released: boolean;
}

export type GvtType = GvtConfig & { readonly sysfs_name: string };

/** Source: gvt_err() */
export const gvt_err = (k: Kernel, text: string): void => {
  printk(k, LogLevel.ERR, `gvt: ${text}`);
};

const ITEMS = [
  ['low', 'low GM space'],
  ['high', 'high GM space'],
  ['fence', 'fence'],
] as const;

/** Source: struct intel_gvt */
export class Gvt {
  readonly vgpus = new Map<number, Vgpu>();
  readonly types: readonly GvtType[];
  /** what is said to be left of each type: reckoned when a card comes or goes. Source: avail_instance, up to 6.0 */
  private readonly said: Map<GvtType, number>;
  private readonly max: Amounts;

  /** @param gen the generation of the hardware, which names the types */
  constructor(hardware: Amounts, gen: number) {
    const { low, high, fence } = hardware;
    this.max = { low: low - HOST.low, high: high - HOST.high, fence: fence - HOST.fence };
    const too_large = CONFIGS.findIndex((config) => this.max.low < config.low);
    this.types = CONFIGS.slice(0, too_large < 0 ? undefined : too_large).map((config) => ({
      ...config,
      sysfs_name: `GVTg_V${gen === 8 ? 4 : 5}_${config.name}`,
    }));
    // At first nobody looks at the fences. Source: intel_gvt_init_vgpu_types()
    const at_first = ({ low, high }: GvtType): number =>
      Math.floor(Math.min(this.max.low / low, this.max.high / high));
    this.said = new Map(this.types.map((type) => [type, at_first(type)]));
  }

  private taken(item: keyof Amounts): number {
    return [...this.vgpus.values()].reduce((sum, { config }) => sum + config[item], 0);
  }

  /** Source: intel_vgpu_get_available(), 6.1 */
  available(type: GvtType): number {
    const left = (item: keyof Amounts): number =>
      Math.floor((this.max[item] - this.taken(item)) / type[item]);
    return Math.min(left('low'), left('high'), left('fence'));
  }

  /** Source: available_instances_show(), 5.10 */
  available_as_said(type: GvtType): number {
    return this.said.get(type)!;
  }

  /** @returns a card, or -ENOSPC. Source: intel_gvt_create_vgpu(), alloc_resource() */
  create(k: Kernel, config: GvtConfig): Vgpu | number {
    let id = 1;
    while (this.vgpus.has(id)) id++;
    if (id >= GVT_MAX_VGPU) return -Errno.ENOSPC;
    if (!this.fits(k, config)) return -Errno.ENOSPC;
    const vgpu: Vgpu = { id, config, attached: undefined, kvm: undefined, released: false };
    this.vgpus.set(id, vgpu);
    this.reckon();
    return vgpu;
  }

  private fits(k: Kernel, config: GvtConfig): boolean {
    for (const [item, name] of ITEMS) {
      const taken = this.taken(item);
      const avail = this.max[item] - taken;
      if (config[item] <= avail) continue;
      // Fences are told in megabytes as well.
      const mb = (amount: number): string => `${item === 'fence' ? 0 : amount}MB`;
      gvt_err(k, `fail to allocate resource ${name}`);
      gvt_err(
        k,
        `request ${mb(config[item])} avail ${mb(avail)} max ${mb(this.max[item])} taken ${mb(taken)}`,
      );
      return false;
    }
    return true;
  }

  /** Source: intel_gvt_destroy_vgpu() */
  destroy(vgpu: Vgpu): void {
    this.vgpus.delete(vgpu.id);
    this.reckon();
  }

  /** Source: intel_gvt_update_vgpu_types() */
  private reckon(): void {
    for (const type of this.types) this.said.set(type, this.available(type));
  }
}

/** Source: intel_vgpu_show_description(), 6.1; description_show(), 5.10 */
export const description = ({ low, high, fence, resolution, weight }: GvtConfig): string =>
  `low_gm_size: ${low}MB\nhigh_gm_size: ${high}MB\nfence: ${fence}\n` +
  `resolution: ${resolution}\nweight: ${weight}\n`;
