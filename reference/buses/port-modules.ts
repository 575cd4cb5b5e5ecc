/** The modules of the buses of input ports: a bus with its ports, and a driver. */
import type { Bus, BusOps } from '../kernel/bus.js';
import { Device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { perKernel, type Kernel } from '../kernel/kernel.js';
import { Mutex } from '../kernel/locks.js';
import type { Module, ModuleDefinition } from '../kernel/module.js';
import type { Step } from '../kernel/steps.js';
import type { Attribute, AttributeGroup } from '../kernel/sysfs.js';
import { PortBus, type Port, type PortBusKind, type PortDriver } from './ports.js';
import { answers, fixed, flag, number_of, rig_module, type DriverState } from './rig.js';
import { bus_step, root_step } from './steps.js';

/** The buses that are there, by name. */
const port_buses = perKernel<Map<string, PortBus>>(() => new Map());

class State {
  root?: Device;

  constructor(
    readonly mod: Module,
    readonly ports: PortBus,
  ) {}

  get bus(): Bus | undefined {
    return this.ports.bus;
  }
  set bus(bus: Bus | undefined) {
    this.ports.bus = bus;
  }
}

const a_port = (name: string, kind: string, { ports, root }: State): Port => {
  const dev = new Device({ name, bus: ports.bus!, parent: root! });
  const port: Port = {
    dev,
    kind,
    drv_mutex: new Mutex('drv_mutex', false),
    manual_bind: false,
    drv: undefined,
  };
  dev.owner = port;
  return port;
};

/** @param of how the bus does things, the kind of its ports, their files, and what the driver core asks the bus */
export function port_module(of: {
  kind: PortBusKind;
  port_kind: string;
  dev_attrs: readonly Attribute[];
  bus_ops: (ports: PortBus) => Pick<BusOps, 'match' | 'probe' | 'remove'>;
}): ModuleDefinition {
  const { name } = of.kind;
  const the_ports: Step<State> = {
    *make(k, state) {
      port_buses(k).set(name, state.ports);
      for (let at = 0; at < number_of(state.mod, 'ports'); at++)
        state.ports.register_port(k, a_port(`${name}${at}`, of.port_kind, state));
      return 0;
    },
    *undo(k, { ports }) {
      for (const port of [...ports.ports]) yield* ports.unregister_port(k, port);
      port_buses(k).delete(name);
    },
  };
  const the_bus = bus_step<State>(({ ports }) => ({
    name,
    dev_groups: [{ attrs: [ports.drvctl_file, ...of.dev_attrs] }],
    ...of.bus_ops(ports),
  }));
  return rig_module<State>({
    name,
    params: { ports: fixed(1) },
    exports: [{ name: `__${name}_register_driver`, gpl: false }],
    state: (mod) => new State(mod, new PortBus(of.kind)),
    steps: [the_bus, root_step(`${name}-ports`), the_ports],
  });
}

/** A module with one driver. */
export function port_driver(of: {
  name: string;
  bus: PortBusKind['name'];
  kind?: string;
  groups: readonly AttributeGroup[];
}): ModuleDefinition {
  const step: Step<DriverState<PortDriver>> = {
    *make(k: Kernel, state) {
      const ports = port_buses(k).get(of.bus);
      if (!ports) return -Errno.ENODEV;
      state.drv = {
        name: of.name,
        bus: ports.bus!,
        owner: state.mod,
        mod: state.mod,
        kind: of.kind,
        groups: of.groups,
        manual_bind: state.mod.params['manual'] as boolean,
      };
      return yield* ports.register_driver(k, state.drv);
    },
    undo: (k, { drv }) => port_buses(k).get(of.bus)!.unregister_driver(k, drv!),
  };
  return rig_module<DriverState<PortDriver>>({
    name: of.name,
    params: { ...answers('connect'), manual: flag(false) },
    imports: [`__${of.bus}_register_driver`],
    state: (mod) => ({ mod }),
    steps: [step],
  });
}
