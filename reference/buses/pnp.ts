/**
 * pnp: a card with two devices, and snd_sb16, a driver of cards, which takes both itself: it isn't
 * asked by the driver core. Source: drivers/pnp/card.c, driver.c, 6.1
 */
import type { Bus } from '../kernel/bus.js';
import { device_register_or_put, device_unregister } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_release_driver } from '../kernel/dd.js';
import { Device, dev_printk } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { kernel_root } from '../kernel/ksets.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import { answers, ask, driver_module, live, number_of, rig_module, tell } from './rig.js';
import { bus_step, root_step } from './steps.js';

/** Source: struct pnp_card_link */
interface CardLink {
  readonly card: Card;
  readonly drv: DeviceDriver;
  /** whether the driver of the card knows that it is over */
  removed: boolean;
}

/** Source: struct pnp_dev */
interface PnpDev {
  readonly dev: Device;
  card_link?: CardLink | undefined;
}

/** Source: struct pnp_card */
class Card {
  readonly devices: PnpDev[] = [];
  bus?: Bus;
  root?: Device;

  constructor(readonly mod: Module) {}
}

const pnp_dev_of = (dev: Device): PnpDev => dev.owner as PnpDev;

/** Source: pnp_device_probe(): the device is activated; a driver of cards has no probe to ask */
function* pnp_device_probe(k: Kernel, dev: Device, mod: Module): MightSleep<number> {
  const error = number_of(mod, 'activate_ret');
  if (!error) dev_printk(k, LogLevel.INFO, dev, 'activated');
  return error;
}

/** The first device tells the card's driver, the others don't. Source: card_remove_first(), card_remove() */
function* card_remove(k: Kernel, pnp: PnpDev): MightSleep<void> {
  const link = pnp.card_link;
  pnp.card_link = undefined;
  if (!link || link.removed) return;
  link.removed = true;
  yield* tell(k, link.drv.owner!, 'remove', pnp.dev);
}

/** Source: pnp_device_remove() */
function* pnp_device_remove(k: Kernel, dev: Device): MightSleep<void> {
  yield* card_remove(k, pnp_dev_of(dev));
  dev_printk(k, LogLevel.INFO, dev, 'disabled');
}

const NAMES = ['01:01.00', '01:01.01'];

/** The cards there are; this machine has one. */
const cards = new WeakMap<Bus, Card>();

export const pnp: ModuleDefinition = rig_module<Card>({
  name: 'pnp',
  params: { activate_ret: live(0) },
  exports: [{ name: 'pnp_register_card_driver', gpl: false }],
  state: (mod) => new Card(mod),
  steps: [
    bus_step(({ mod }) => ({
      name: 'pnp',
      // Source: pnp_bus_match(); a driver of cards has no ids of devices
      match: () => 0,
      probe: (k, dev) => pnp_device_probe(k, dev, mod),
      remove: pnp_device_remove,
    })),
    root_step('pnp1'),
    {
      *make(k, card) {
        cards.set(card.bus!, card);
        for (const name of NAMES) {
          const dev = new Device({ name, bus: card.bus!, parent: card.root! });
          const pnp_dev: PnpDev = { dev };
          dev.owner = pnp_dev;
          const error = yield* device_register_or_put(k, dev);
          if (error) return error;
          card.devices.push(pnp_dev);
        }
        return 0;
      },
      *undo(k, { devices }) {
        for (const { dev } of devices) yield* device_unregister(k, dev);
      },
    },
  ],
});

/**
 * A driver of cards takes a device of its card: the bus is asked by hand, and the device bound.
 * Whoever holds the device's lock, nobody here does.
 * @returns whether it has it; why not is nobody's business
 * Source: pnp_request_card_device(), drivers/pnp/card.c, 6.1; seed 001
 */
function* pnp_request_card_device(k: Kernel, link: CardLink, pnp_dev: PnpDev): MightSleep<boolean> {
  const { dev } = pnp_dev;
  pnp_dev.card_link = link;
  dev.driver = link.drv;
  const error = (yield* dev.bus!.probe!(k, dev)) || (yield* device_bind_driver(k, dev));
  if (!error) return true;
  dev.driver = undefined;
  pnp_dev.card_link = undefined;
  return false;
}

/** Source: pnp_release_card_device() */
function* pnp_release_card_device(k: Kernel, pnp_dev: PnpDev): MightSleep<void> {
  pnp_dev.card_link!.removed = true;
  yield* device_release_driver(k, pnp_dev.dev);
}

function* request_all(k: Kernel, link: CardLink): MightSleep<number> {
  for (const pnp_dev of link.card.devices) {
    if (!(yield* pnp_request_card_device(k, link, pnp_dev))) return -Errno.ENODEV;
  }
  return 0;
}

/** A card meets a driver. Source: card_probe() */
function* card_probe(k: Kernel, card: Card, drv: DeviceDriver): MightSleep<void> {
  const link: CardLink = { card, drv, removed: false };
  const mod = drv.owner!;
  const taken = yield* request_all(k, link);
  const error = taken || (yield* ask(k, mod, 'probe', card.root!));
  if (!error) return;
  for (const each of card.devices)
    if (each.card_link === link) yield* pnp_release_card_device(k, each);
}

export const snd_sb16: ModuleDefinition = driver_module({
  name: 'snd_sb16',
  params: answers('probe'),
  imports: ['pnp_register_card_driver'],
  driver: (k, mod) => ({ name: 'sb16', bus: kernel_root(k).buses.get('pnp')!, owner: mod }),
  registered: {
    // Source: pnp_register_card_driver(), which cares for no card's refusal
    *make(k, { drv }) {
      yield* card_probe(k, cards.get(drv!.bus)!, drv!);
      return 0;
    },
  },
});
