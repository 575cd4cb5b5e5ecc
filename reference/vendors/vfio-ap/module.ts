/** The module vfio_ap: the matrix device on a bus of its own, which becomes a parent. Source: drivers/s390/crypto/vfio_ap_drv.c */
import { bus_step, driver_step, root_step } from '../../buses/steps.js';
import type { Bus } from '../../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../../kernel/core.js';
import { Device } from '../../kernel/device.js';
import type { DeviceDriver } from '../../kernel/driver.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module, ModuleDefinition } from '../../kernel/module.js';
import type { Step } from '../../kernel/steps.js';
import { mdev_register_driver, mdev_unregister_driver } from '../../mdev/driver.js';
import type { MdevDriver } from '../../mdev/types.js';
import { module_of_steps } from '../../kernel/module-of-steps.js';
import type { Offer } from '../sample.js';
import { ap_hardware } from './hardware.js';
import { MatrixDev, type ApRules } from './matrix.js';

/** How an era's driver binds its devices, if it does, and offers its type. */
export interface ApForm {
  readonly driver?: MdevDriver;
  readonly offer: Offer;
}

export interface ApEra {
  readonly rules: ApRules;
  readonly imports: readonly string[];
  form(mod: Module, matrix: MatrixDev): ApForm;
}

/** What the module makes. */
interface Parts {
  readonly mod: Module;
  readonly matrix: MatrixDev | undefined;
  readonly form: ApForm | undefined;
  root?: Device;
  bus?: Bus;
  device?: Device;
  drv?: DeviceDriver;
}

/** Without the hardware there is nothing to do. Source: vfio_ap_init() */
const instructions: Step<Parts> = {
  *make(_k, { matrix }) {
    return matrix ? 0 : -Errno.ENODEV;
  },
};

const device: Step<Parts> = {
  make(k, parts) {
    parts.device = new Device({ name: 'matrix', parent: parts.root!, bus: parts.bus! });
    return device_register_or_put(k, parts.device);
  },
  undo: (k, parts) => device_unregister(k, parts.device!),
};

/** The driver of the matrix device gives the type the first half of its name. Source: matrix_driver */
const driver = driver_step<Parts>((_k, { bus, mod }) => ({
  name: 'vfio_ap',
  bus: bus!,
  owner: mod,
  suppress_bind_attrs: true,
}));

const mdev_driver: Step<Parts> = {
  *make(k, { form }) {
    return form!.driver ? yield* mdev_register_driver(k, form!.driver) : 0;
  },
  *undo(k, { form }) {
    if (form!.driver) yield* mdev_unregister_driver(k, form!.driver);
  },
};

const parent: Step<Parts> = {
  make: (k, { device, form }) => form!.offer.register(k, device!),
  undo: (k, { device, form }) => form!.offer.unregister(k, device!),
};

function parts_of(k: Kernel, mod: Module, era: ApEra): Parts {
  const hardware = ap_hardware(k);
  const matrix = hardware && new MatrixDev(hardware, era.rules);
  return { mod, matrix, form: matrix && era.form(mod, matrix) };
}

/** The module of one era. */
export const vfio_ap = (era: ApEra): ModuleDefinition =>
  module_of_steps(
    {
      name: 'vfio_ap',
      license: 'GPL v2',
      vendors: ['vfio_ap', 'vfio_ap_mdev'],
      imports: [
        ...era.imports,
        'kvm_arch_crypto_clear_masks',
        'kvm_arch_crypto_set_masks',
        'kvm_get_kvm',
        'kvm_put_kvm',
        'vfio_pin_pages',
        'vfio_unpin_pages',
      ],
    },
    (k, mod) => parts_of(k, mod, era),
    [
      instructions,
      // Source: vfio_ap_matrix_dev_create()
      root_step('vfio_ap'),
      bus_step(() => ({ name: 'matrix' })),
      device,
      driver,
      mdev_driver,
      parent,
    ],
  );
