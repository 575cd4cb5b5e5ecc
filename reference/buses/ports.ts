/**
 * Buses of input ports, serio and gameport: one mutex for all that happens to ports and drivers, a
 * worker that does it, and a file in which user space names a port's driver. Source: serio.c,
 * gameport.c, drivers/input, 6.1
 */
import { driver_find, type Bus } from '../kernel/bus.js';
import { device_add, device_del } from '../kernel/core.js';
import { device_bind_driver } from '../kernel/bind-driver.js';
import { device_attach, device_release_driver, driver_attach } from '../kernel/dd.js';
import type { Device } from '../kernel/device.js';
import { dev_printk, kobj_to_dev, put_device } from '../kernel/device.js';
import { driver_register, driver_unregister, type DeviceDriver } from '../kernel/driver.js';
import { Errno } from '../kernel/errno.js';
import type { Kernel } from '../kernel/kernel.js';
import { Mutex } from '../kernel/locks.js';
import type { Module } from '../kernel/module.js';
import { LogLevel } from '../kernel/printk.js';
import type { MightSleep } from '../kernel/scheduler.js';
import type { Attribute } from '../kernel/sysfs.js';
import { ask, tell } from './rig.js';

/** A driver of ports. Source: struct serio_driver, struct gameport_driver */
export interface PortDriver extends DeviceDriver {
  readonly mod: Module;
  /** the only kind of port it takes; undefined: all */
  readonly kind: string | undefined;
  /** it is bound by hand alone */
  manual_bind: boolean;
}

/** A port. Source: struct serio, struct gameport */
export interface Port {
  readonly dev: Device;
  readonly kind: string;
  readonly drv_mutex: Mutex;
  manual_bind: boolean;
  /** the driver that has opened it */
  drv: PortDriver | undefined;
}

/** How one of the buses does what both do. */
export interface PortBusKind {
  readonly name: 'serio' | 'gameport';
  /** whether a driver and a port fit, whoever asks */
  fits(port: Port, drv: PortDriver): boolean;
  /** whether connecting and disconnecting takes the port's own mutex */
  readonly locks_port: boolean;
}

export const port_of = (dev: Device): Port => dev.owner as Port;
/** The driver that a port is being bound to. */
export const port_driver_of = (dev: Device): PortDriver => dev.driver as PortDriver;

type Event = () => MightSleep<void>;

/** One bus, its mutex and what its worker has to do. */
export class PortBus {
  bus: Bus | undefined;
  readonly ports: Port[] = [];
  private readonly events: Event[] = [];
  private queued = false;
  private readonly mutex: Mutex;

  constructor(readonly kind: PortBusKind) {
    this.mutex = new Mutex(`${kind.name}_mutex`);
  }

  /** Has the worker do something. Source: serio_queue_event() */
  private queue(k: Kernel, event: Event): void {
    this.events.push(event);
    if (this.queued) return;
    this.queued = true;
    k.sched.spawn('kworker', this.handle_events(k));
  }

  /** Source: serio_handle_event() */
  private *handle_events(k: Kernel): MightSleep<void> {
    this.queued = false;
    yield* this.mutex.lock(k);
    for (let event = this.events.shift(); event; event = this.events.shift()) yield* event();
    this.mutex.unlock(k);
  }

  /** Source: serio_connect_driver() @returns what the driver says */
  *connect(k: Kernel, port: Port, drv: PortDriver): MightSleep<number> {
    if (this.kind.locks_port) yield* port.drv_mutex.lock(k);
    const ret = yield* ask(k, drv.mod, 'connect', port.dev, function* () {
      port.drv = drv;
      return 0;
    });
    if (this.kind.locks_port) port.drv_mutex.unlock(k);
    return ret;
  }

  /** Source: serio_disconnect_driver() */
  *disconnect(k: Kernel, port: Port): MightSleep<void> {
    if (this.kind.locks_port) yield* port.drv_mutex.lock(k);
    if (port.drv) {
      yield* tell(k, port.drv.mod, 'disconnect', port.dev, function* () {
        port.drv = undefined;
      });
    }
    if (this.kind.locks_port) port.drv_mutex.unlock(k);
  }

  /**
   * Binds a port to the driver that user space named, under the bus's mutex and without the device's
   * lock. The driver is connected in place of a probe.
   * @returns 0, also for a driver that doesn't fit and isn't bound; -ENODEV whatever a driver
   *   refused with; or as device_bind_driver()
   * Source: serio_bind_driver(), gameport_bind_driver()
   */
  private *bind_driver(k: Kernel, port: Port, drv: PortDriver): MightSleep<number> {
    if (!this.kind.fits(port, drv)) return 0;
    port.dev.driver = drv;
    if (yield* this.connect(k, port, drv)) {
      port.dev.driver = undefined;
      return -Errno.ENODEV;
    }
    const error = yield* device_bind_driver(k, port.dev);
    if (!error) return 0;
    const who = `${port.dev.name} (${port.kind}) and ${drv.name}`;
    const text = `device_bind_driver() failed for ${who}, error: ${error}`;
    dev_printk(k, LogLevel.WARNING, port.dev, text);
    yield* this.disconnect(k, port);
    port.dev.driver = undefined;
    return error;
  }

  /** Source: drvctl_store() @returns 0, or -EINVAL for a word that is nobody's name */
  private *drvctl(k: Kernel, port: Port, data: string): MightSleep<number> {
    // As much is compared as was written: "no" is "none", "none" and a newline is nobody.
    const is = (word: string): boolean => word.startsWith(data);
    if (is('none')) {
      yield* device_release_driver(k, port.dev);
      return 0;
    }
    // None of these drivers can reconnect, which then is the same.
    if (is('reconnect') || is('rescan')) {
      yield* device_release_driver(k, port.dev);
      yield* device_attach(k, port.dev);
      return 0;
    }
    const drv = driver_find(data, this.bus!);
    if (!drv) return -Errno.EINVAL;
    yield* device_release_driver(k, port.dev);
    return yield* this.bind_driver(k, port, drv as PortDriver);
  }

  readonly drvctl_file: Attribute = {
    name: 'drvctl',
    mode: 0o200,
    store: (k, kobj, data) => this.drvctl_store(k, port_of(kobj_to_dev(kobj)), data),
  };

  private *drvctl_store(k: Kernel, port: Port, data: string): MightSleep<number> {
    yield* this.mutex.lock(k);
    const error = yield* this.drvctl(k, port, data);
    this.mutex.unlock(k);
    return error || data.length;
  }

  /** A port is there; the worker adds its device. Source: __serio_register_port() */
  register_port(k: Kernel, port: Port): void {
    this.ports.push(port);
    this.queue(k, function* () {
      yield* device_add(k, port.dev);
    });
  }

  /** Source: serio_unregister_port(), serio_destroy_port() */
  *unregister_port(k: Kernel, port: Port): MightSleep<void> {
    yield* this.mutex.lock(k);
    yield* device_release_driver(k, port.dev);
    this.ports.splice(this.ports.indexOf(port), 1);
    if (port.dev.registered) yield* device_del(k, port.dev);
    yield* put_device(k, port.dev);
    this.mutex.unlock(k);
  }

  /** A driver that meets its ports only in the worker. Source: __serio_register_driver() */
  *register_driver(k: Kernel, drv: PortDriver): MightSleep<number> {
    const { manual_bind } = drv;
    drv.manual_bind = true;
    const error = yield* driver_register(k, drv);
    if (error || manual_bind) return error;
    drv.manual_bind = false;
    this.queue(k, function* () {
      yield* driver_attach(k, drv);
    });
    return 0;
  }

  /** Its ports are offered to the others. Source: serio_unregister_driver() */
  *unregister_driver(k: Kernel, drv: PortDriver): MightSleep<void> {
    yield* this.mutex.lock(k);
    drv.manual_bind = true;
    for (let port = this.had_by(drv); port; port = this.had_by(drv)) {
      yield* device_release_driver(k, port.dev);
      yield* device_attach(k, port.dev);
    }
    yield* driver_unregister(k, drv);
    this.mutex.unlock(k);
  }

  private had_by(drv: PortDriver): Port | undefined {
    return this.ports.find((port) => port.drv === drv);
  }
}
