/** The module vfio_ccw.ko, in each of its forms. Source: vfio_ccw_sch_init(), vfio_ccw_sch_exit(), drivers/s390/cio/vfio_ccw_drv.c */
import { module_of_steps } from '../../kernel/module-of-steps.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { Step } from '../../kernel/steps.js';
import { mdev_register_driver, mdev_unregister_driver } from '../../mdev/driver.js';
import type { MdevDriver } from '../../mdev/types.js';
import {
  binds_allocated,
  binds_devices,
  registers_device,
  registers_driver,
  registers_parent,
} from '../imports.js';
import { offered_by_driver, offered_by_ops, type OfferForm } from '../mdev-driver/offer.js';
import { parent_offer } from '../sample.js';
import { in_group_of_bus, in_group_of_its_own, initialised } from '../vfio-api.js';
import { css_driver, private_of_subchannel, type CssForm } from './css-driver.js';
import { css_driver_register, css_driver_unregister, type CssDriver } from './css.js';
import { opened_and_closed, quiesced } from './fsm.js';
import { vfio_ccw_mdev_driver, type CcwMdevEra } from './mdev-driver.js';
import { offered_with_ops } from './parent-ops.js';
import { private_of_device, split_mdev_driver } from './split.js';
import { io_type } from './types.js';

/** What the eras of the module do differently. */
interface CcwEra {
  /** what it needs of mdev.ko and vfio.ko */
  readonly imports: readonly string[];
  /** who binds the devices, if the shim doesn't */
  mdev_driver?(mod: Module): MdevDriver;
  css(mod: Module, driver: MdevDriver | undefined): CssForm;
  /** the driver of the devices goes before that of the subchannels. Source: the series, patch 07 */
  readonly mdevDriverGoesFirst?: true;
}

interface Drivers {
  readonly css: CssDriver;
  readonly mdev: MdevDriver | undefined;
}

const mdev_driver: Step<Drivers> = {
  *make(k, { mdev }) {
    return mdev ? yield* mdev_register_driver(k, mdev) : 0;
  },
  *undo(k, { mdev }) {
    if (mdev) yield* mdev_unregister_driver(k, mdev);
  },
};

const subchannel_driver: Step<Drivers> = {
  make: (k, { css }) => css_driver_register(k, css),
  undo: (k, { css }) => css_driver_unregister(k, css),
};

function drivers_of(mod: Module, era: CcwEra): Drivers {
  const mdev = era.mdev_driver?.(mod);
  return { css: css_driver(mod, era.css(mod, mdev)), mdev };
}

const vfio_ccw = (era: CcwEra): ModuleDefinition =>
  module_of_steps<Drivers>(
    {
      name: 'vfio_ccw',
      license: 'GPL v2',
      vendors: era.mdev_driver ? ['vfio_ccw', 'vfio_ccw_mdev'] : ['vfio_ccw'],
      imports: [
        ...era.imports,
        'css_driver_register',
        'css_driver_unregister',
        'css_sched_sch_todo',
        'vfio_set_irqs_validate_and_prepare',
      ],
    },
    (_k, mod) => drivers_of(mod, era),
    [mdev_driver, subchannel_driver],
    era.mdevDriverGoesFirst && [subchannel_driver, mdev_driver],
  );

const by_ops = (requests: boolean): ModuleDefinition =>
  vfio_ccw({
    imports: registers_device,
    css: (mod) => private_of_subchannel(quiesced, () => offered_with_ops(mod, requests)),
  });

/** Source: 5.10 */
export const vfio_ccw_5_10 = by_ops(false);
/** Source: 5.13, 5.14 */
export const vfio_ccw_5_13 = by_ops(true);

const by_driver = (era: CcwMdevEra, offer: OfferForm, more: Partial<CcwEra> = {}) =>
  vfio_ccw({
    imports: [...binds_devices, ...era.vfio.imports],
    mdev_driver: (mod) => vfio_ccw_mdev_driver(mod, era),
    css: (_mod, driver) => private_of_subchannel(era.fsm, () => offer(driver)),
    ...more,
  });

const series: CcwMdevEra = {
  vfio: in_group_of_bus,
  fsm: quiesced,
  perFd: true,
  counts: true,
  waitsForRelease: false,
};

export const vfio_ccw_series_02 = by_driver(series, offered_by_ops, { mdevDriverGoesFirst: true });
export const vfio_ccw_series_11 = by_driver(series, offered_by_driver, {
  mdevDriverGoesFirst: true,
});

const merged: CcwMdevEra = {
  ...series,
  vfio: in_group_of_its_own,
  fsm: opened_and_closed,
  perFd: false,
};

export const vfio_ccw_6_0 = by_driver(merged, offered_by_driver);

const life_cycle: CcwMdevEra = { ...merged, vfio: initialised, waitsForRelease: true };

/** Source: seed 003 */
export const vfio_ccw_2022 = by_driver(life_cycle, offered_by_driver);

export const vfio_ccw_6_1 = vfio_ccw({
  imports: [
    ...registers_parent,
    ...registers_driver,
    'vfio_unregister_group_dev',
    ...initialised.imports,
  ],
  mdev_driver: (mod) => vfio_ccw_mdev_driver(mod, { ...life_cycle, counts: false }),
  css: (_mod, driver) =>
    private_of_subchannel(opened_and_closed, () => parent_offer(driver!, [io_type()])),
});

export const vfio_ccw_6_12 = vfio_ccw({
  imports: binds_allocated,
  mdev_driver: split_mdev_driver,
  css: (_mod, driver) => private_of_device(driver!),
});
