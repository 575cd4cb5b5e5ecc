/** Virtual cards as types of device, and the file that each of them has. Source: drivers/gpu/drm/i915/gvt/kvmgt.c */
import { kobj_to_dev } from '../../kernel/device.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { AttributeGroup } from '../../kernel/sysfs.js';
import {
  to_mdev_device,
  type MdevDevice,
  type MdevType,
  type MdevTypeGroup,
} from '../../mdev/types.js';
import { description, gvt_err, type Gvt, type GvtType, type Vgpu } from './gvt.js';

/** Source: mdev_get_drvdata(), dev_get_drvdata() */
export const vgpu_of = (mdev: MdevDevice): Vgpu => mdev.driver_data as Vgpu;

export type VgpuMdevType = MdevType & { readonly config: GvtType };

export const types = (gvt: Gvt): VgpuMdevType[] =>
  gvt.types.map((config) => ({ sysfs_name: config.sysfs_name, config }));

export const config_of = (type: MdevType): GvtType => (type as VgpuMdevType).config;

/** A card of a type, or none, of which the log tells. @returns as {@link Gvt.create}. Source: intel_vgpu_create(), 5.10; intel_vgpu_probe(), 6.0 */
export function create_vgpu(k: Kernel, gvt: Gvt, type: MdevType): Vgpu | number {
  const vgpu = gvt.create(k, config_of(type));
  if (typeof vgpu === 'number') gvt_err(k, `failed to create intel vgpu: ${vgpu}`);
  return vgpu;
}

/** The types as groups of attributes; without a file `name`. Source: gvt_type_attrs, 5.10 */
export const type_groups = (gvt: Gvt): MdevTypeGroup[] =>
  types(gvt).map((type) => ({
    name: type.sysfs_name,
    type,
    attrs: [
      { name: 'available_instances', show: () => `${gvt.available_as_said(type.config)}\n` },
      { name: 'device_api', show: () => 'vfio-pci\n' },
      { name: 'description', show: () => description(type.config) },
    ],
  }));

/** Source: intel_vgpu_groups */
export const vgpu_groups: readonly AttributeGroup[] = [
  {
    name: 'intel_vgpu',
    attrs: [
      {
        name: 'vgpu_id',
        mode: 0o444,
        *show(_k, kobj) {
          return `${vgpu_of(to_mdev_device(kobj_to_dev(kobj))).id}\n`;
        },
      },
    ],
  },
];
