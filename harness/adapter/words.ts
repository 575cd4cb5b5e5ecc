/** The words of protocol 1, for those who need them and not the schemas. */
import type { EventKind, StartableMethod } from './protocol.js';

/** The words that an implementation may claim in `hello`; another word is an error. */
export const CAPABILITIES = [
  'modules',
  'sysfs',
  'vfio-group',
  'tasks',
  'signals',
  'time',
  'faults',
  'references',
  'driver-binding',
  'platform-bus',
  'licensing',
  'kconfig',
] as const;

/** `vendor:<name>` for each vendor driver, beside the plain words. */
export const VENDOR = /^vendor:[a-z0-9_]+$/;

/** The kinds of event; typed by the protocol, so that a kind added there is missed here. */
const KINDS: Readonly<Record<EventKind, true>> = {
  uevent: true,
  log: true,
  call: true,
  return: true,
  callback: true,
  'callback-return': true,
  sysfs: true,
};
export const EVENT_KINDS = Object.keys(KINDS) as readonly EventKind[];

/** The methods that `start` runs as another task; typed by the protocol, as above. */
export const STARTABLE: Readonly<Record<StartableMethod, true>> = {
  insmod: true,
  rmmod: true,
  write: true,
  fdwrite: true,
  close: true,
  ioctl: true,
};
