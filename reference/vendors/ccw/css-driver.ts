/** vfio_ccw as a driver of subchannels, each of which it makes a parent. Source: drivers/s390/cio/vfio_ccw_drv.c */
import { dev_printk } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import { ERRNO } from '../../kernel/fault-inject.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Module } from '../../kernel/module.js';
import { LogLevel } from '../../kernel/printk.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import { tracepoint } from '../../kernel/tracepoint.js';
import type { Offer } from '../sample.js';
import type { CssDriver } from './css.js';
import { fsm_not_oper_event, type CcwFsm } from './fsm.js';
import { vfio_ccw_alloc_private, type CcwPrivate } from './private.js';
import { cio_disable_subchannel, cio_update_schib, type Subchannel } from './subchannel.js';

/** How an era binds a subchannel, and takes leave of it. */
export interface CssForm {
  /** the subchannel is no QDIO one. @returns 0 or -errno */
  probe(k: Kernel, sch: Subchannel): MightSleep<number>;
  remove(k: Kernel, sch: Subchannel): MightSleep<void>;
  /** whose state tells that the subchannel is lost */
  private_of(sch: Subchannel): CcwPrivate | undefined;
}

const private_of = (sch: Subchannel): CcwPrivate => sch.dev.driver_data as CcwPrivate;

/** The subchannel's state is that of its only device. Source: 5.10 to 6.1 */
export const private_of_subchannel = (fsm: CcwFsm, offer: () => Offer): CssForm => ({
  *probe(k, sch) {
    const p = vfio_ccw_alloc_private(sch, offer());
    const refused = fsm.bound(p);
    if (refused) return refused;
    sch.dev.driver_data = p;
    const error = yield* p.offer!.register(k, sch.dev);
    if (!error) return 0;
    cio_disable_subchannel(sch);
    sch.dev.driver_data = undefined;
    return error;
  },
  *remove(k, sch) {
    const p = private_of(sch);
    fsm.unbinding(k, p);
    yield* p.offer!.unregister(k, sch.dev);
    if (p.avail !== 1) k.leaked.push(`the count of a device of ${sch.dev.name}`);
    sch.dev.driver_data = undefined;
  },
  private_of,
});

const named = (sch: Subchannel, _form: CssForm) => ({ dev: sch.dev.name });

const vfio_ccw_sch_probe = tracepoint(
  'vfio_ccw_sch_probe',
  named,
  function* (k, sch, form) {
    if (!sch.qdio) return yield* form.probe(k, sch);
    const text = `vfio: ccw: does not support QDIO: ${sch.dev.name}`;
    dev_printk(k, LogLevel.WARNING, sch.dev, text);
    return -Errno.ENODEV;
  },
  ERRNO,
);

const vfio_ccw_sch_remove = tracepoint('vfio_ccw_sch_remove', named, (k, sch, form) =>
  form.remove(k, sch),
);

export const css_driver = (mod: Module, form: CssForm): CssDriver => ({
  name: 'vfio_ccw',
  owner: mod,
  probe: (k, sch) => vfio_ccw_sch_probe(k, sch, form),
  remove: (k, sch) => vfio_ccw_sch_remove(k, sch, form),
  sch_event(k, sch) {
    const p = form.private_of(sch);
    if (p && cio_update_schib(sch)) fsm_not_oper_event(k, p);
  },
});
