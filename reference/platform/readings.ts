/**
 * What was proposed in October 2013 for giving a platform device to VFIO, and what Linux chose: one
 * row each. Source: seed 002
 */

/** The flag `explicit_bind_only`, of a driver and of a device. */
export interface Flags {
  readonly driver: boolean;
  readonly device: boolean;
}

/** Whether a driver gets a device: if they match, in any case, or not at all. */
export type Ruling = 'match' | 'take' | 'leave';

export interface Reading {
  /** whether a driver's `match_any` makes it match every device */
  readonly match_any: boolean;
  /** whether a device can name the one driver that matches it */
  readonly driver_override: boolean;
  /** the mode of a driver's file `explicit_bind_only`, where drivers have that flag */
  readonly driver_flag?: number;
  /** the same, of a device's */
  readonly device_flag?: number;
  /** the driver core tries by itself: a device or a driver is new, or somebody wrote `drivers_probe` */
  readonly attach: (flags: Flags) => Ruling;
  /** somebody wrote the device's name to the driver's `bind` */
  readonly bind: (flags: Flags) => Ruling;
}

const READ_ONLY = 0o444;
const SETTABLE = 0o644;

const asks_match = (): Ruling => 'match';
const never_if_either = ({ driver, device }: Flags): Ruling =>
  driver || device ? 'leave' : 'match';

/** By the names that the parameter `reading` takes. */
export const READINGS: Readonly<Record<string, Reading>> = {
  /** Yoder, 9 Oct 2013: the test that he wrote skips the match instead of the driver. */
  drafted: {
    match_any: true,
    driver_override: false,
    driver_flag: READ_ONLY,
    attach: ({ driver }) => (driver ? 'take' : 'match'),
    bind: asks_match,
  },
  /** Wood, 9 Oct 2013: the test the other way round, and the same flag for devices. */
  corrected: {
    match_any: true,
    driver_override: false,
    driver_flag: READ_ONLY,
    device_flag: SETTABLE,
    attach: never_if_either,
    bind: asks_match,
  },
  /** Bhushan, 10 Oct 2013: as he walks through it; both flags together stand for a match. */
  walkthrough: {
    match_any: true,
    driver_override: false,
    driver_flag: SETTABLE,
    device_flag: SETTABLE,
    // assumed: he doesn't say what a flagged device does when a driver comes; Wood does
    attach: never_if_either,
    bind: ({ driver, device }) => (!driver ? 'match' : device ? 'take' : 'leave'),
  },
  /** Linux since 3.17. Source: drivers/base/platform.c, platform_match(), 6.1 */
  driver_override: {
    match_any: false,
    driver_override: true,
    attach: asks_match,
    bind: asks_match,
  },
};
