/** The Kconfig files of each era, as rows of the table of eras pick them. */
import { machine, machine_6_12, s390_iommu } from './files/machine.js';
import { mdev, mdev_6_12, mdev_device, vfio } from './files/vfio.js';
import {
  samples_5_13,
  samples_6_12,
  samples_series_01,
  samples_series_01_v1,
} from './files/samples.js';
import { vendors_5_13, vendors_6_1, vendors_6_12, vendors_series_01 } from './files/vendors.js';
import type { KconfigFile } from './parse.js';

export type KconfigEra = readonly KconfigFile[];

export const kconfig_5_13: KconfigEra = [
  machine,
  s390_iommu,
  vfio,
  mdev,
  mdev_device,
  vendors_5_13,
  samples_5_13,
];

export const kconfig_series_01: KconfigEra = [
  machine,
  s390_iommu,
  vfio,
  mdev,
  vendors_series_01,
  samples_series_01,
];

export const kconfig_6_1: KconfigEra = [
  machine,
  s390_iommu,
  vfio,
  mdev,
  vendors_6_1,
  samples_series_01,
];

export const kconfig_6_12: KconfigEra = [
  machine,
  machine_6_12,
  vfio,
  mdev_6_12,
  vendors_6_12,
  samples_6_12,
];

/** What was posted and is nobody's era. */
export const posted: Readonly<Record<string, KconfigEra>> = {
  'series-01-v1': [machine, s390_iommu, vfio, mdev, vendors_series_01, samples_series_01_v1],
};
