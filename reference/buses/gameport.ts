/** gameport, the bus of joysticks, and analog. Source: drivers/input/gameport/gameport.c, 6.1 */
import { Errno } from '../kernel/errno.js';
import type { ModuleDefinition } from '../kernel/module.js';
import { port_driver, port_module } from './port-modules.js';
import { port_driver_of, port_of, type PortBusKind, type PortDriver } from './ports.js';

/** As serio, but every driver fits, connecting takes no mutex of the port, and nothing is kept for hand-binding. */
const kind: PortBusKind = { name: 'gameport', fits: () => true, locks_port: false };

export const gameport: ModuleDefinition = port_module({
  kind,
  port_kind: 'joystick',
  dev_attrs: [],
  bus_ops: (ports) => ({
    // Source: gameport_bus_match(); the flag is called ignore there
    match: (_k, _dev, drv) => Number(!(drv as PortDriver).manual_bind),
    // Source: gameport_driver_probe(): only whether the port was opened counts
    *probe(k, dev) {
      const port = port_of(dev);
      yield* ports.connect(k, port, port_driver_of(dev));
      return port.drv ? 0 : -Errno.ENODEV;
    },
    remove: (k, dev) => ports.disconnect(k, port_of(dev)),
  }),
});

export const analog = port_driver({ name: 'analog', bus: 'gameport', groups: [] });
