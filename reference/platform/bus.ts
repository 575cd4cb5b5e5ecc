/** The platform bus, under one of the readings of 2013. Source: drivers/base/platform.c, 6.1 */
import type { BusOps } from '../kernel/bus.js';
import type { Device } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { callback } from '../kernel/tracepoint.js';
import { device_attributes, driver_attributes } from './attributes.js';
import type { Reading, Ruling } from './readings.js';
import { to_platform_device, to_platform_driver } from './types.js';

/** Source: platform_match(); seed 002, Yoder, for match_any, which is asked first */
function platform_match({ match_any }: Reading, dev: Device, drv: DeviceDriver): number {
  const pdev = to_platform_device(dev);
  const pdrv = to_platform_driver(drv);
  if (match_any && pdrv.match_any) return 1;
  if (pdev.driver_override !== undefined) return Number(pdev.driver_override === drv.name);
  return Number([drv.name, ...pdrv.id_table].includes(pdev.name));
}

const flags = (dev: Device, drv: DeviceDriver) => ({
  driver: to_platform_driver(drv).explicit_bind_only,
  device: to_platform_device(dev).explicit_bind_only,
});

const RULED = { take: 1, leave: 0 };

export function platform_bus(reading: Reading): BusOps {
  const match: BusOps['match'] = (_k, dev, drv) => platform_match(reading, dev, drv);
  const ruled = (ruling: Ruling, dev: Device, drv: DeviceDriver): number =>
    ruling === 'match' ? platform_match(reading, dev, drv) : RULED[ruling];
  return {
    name: 'platform',
    dev_groups: [{ attrs: device_attributes(reading) }],
    drv_groups: [{ attrs: driver_attributes(reading) }],
    match,
    match_attach: (_k, dev, drv) => ruled(reading.attach(flags(dev, drv)), dev, drv),
    match_bind: (_k, dev, drv) => ruled(reading.bind(flags(dev, drv)), dev, drv),
    uevent: (dev) => ({ MODALIAS: `platform:${to_platform_device(dev).name}` }),
    *probe(k, dev) {
      const drv = dev.driver!;
      const probe = drv.probe!(k, dev);
      return yield* callback(k, drv.owner!.name, 'probe', { dev: dev.name }, probe);
    },
    *remove(k, dev) {
      const drv = dev.driver!;
      const remove = drv.remove!(k, dev);
      yield* callback(k, drv.owner!.name, 'remove', { dev: dev.name }, remove);
    },
  };
}
