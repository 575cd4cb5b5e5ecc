/** serio, the bus of keyboards and mice, and atkbd and psmouse. Source: drivers/input/serio/serio.c, 6.1 */
import type { Device } from '../kernel/device.js';
import { kobj_to_dev } from '../kernel/device.js';
import type { DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kobject } from '../kernel/kobject.js';
import type { ModuleDefinition } from '../kernel/module.js';
import type { Attribute, AttributeGroup } from '../kernel/sysfs.js';
import { port_driver, port_module } from './port-modules.js';
import { port_driver_of, port_of, type PortBusKind, type PortDriver } from './ports.js';

const kind: PortBusKind = {
  name: 'serio',
  // Source: serio_match_port()
  fits: (port, drv) => drv.kind === port.kind,
  locks_port: true,
};

/** `manual` keeps a port, or a driver, for those who name it. Source: serio_set_bind_mode() */
const bind_mode = (of: (kobj: Kobject) => { manual_bind: boolean }): Attribute => ({
  name: 'bind_mode',
  mode: 0o644,
  *show(_k, kobj) {
    return of(kobj).manual_bind ? 'manual\n' : 'auto\n';
  },
  *store(_k, kobj, data) {
    const word = ['manual', 'auto'].find((each) => each.startsWith(data));
    if (!word) return -Errno.EINVAL;
    of(kobj).manual_bind = word === 'manual';
    return data.length;
  },
});

const port_file = bind_mode((kobj) => port_of(kobj_to_dev(kobj)));
const driver_group: AttributeGroup = {
  attrs: [bind_mode((kobj) => kobj.owner as DeviceDriver & PortDriver)],
};

export const serio: ModuleDefinition = port_module({
  kind,
  port_kind: 'keyboard',
  dev_attrs: [port_file],
  bus_ops: (ports) => ({
    // Source: serio_bus_match()
    match(_k, dev, drv) {
      const [port, port_drv] = [port_of(dev), drv as PortDriver];
      if (port.manual_bind || port_drv.manual_bind) return 0;
      return Number(kind.fits(port, port_drv));
    },
    // Source: serio_driver_probe()
    probe: (k, dev: Device) => ports.connect(k, port_of(dev), port_driver_of(dev)),
    remove: (k, dev) => ports.disconnect(k, port_of(dev)),
  }),
});

export const atkbd = port_driver({
  name: 'atkbd',
  bus: 'serio',
  kind: 'keyboard',
  groups: [driver_group],
});
export const psmouse = port_driver({
  name: 'psmouse',
  bus: 'serio',
  kind: 'mouse',
  groups: [driver_group],
});
