/** In which state a subchannel is, and what moves it. Source: drivers/s390/cio/vfio_ccw_fsm.c, vfio_ccw_drv.c, vfio_ccw_ops.c */
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { State, type CcwPrivate } from './private.js';
import { cio_disable_subchannel, cio_enable_subchannel, css_sched_sch_todo } from './subchannel.js';

/** What happens to a subchannel, and what the driver makes of it. Results are 0 or -errno. */
export interface CcwFsm {
  /** the subchannel is bound */
  bound(p: CcwPrivate): number;
  /** the subchannel is being unbound; its device is still there */
  unbinding(k: Kernel, p: CcwPrivate): void;
  /** a device was made */
  created(p: CcwPrivate): void;
  /** the device is gone */
  removed(p: CcwPrivate): void;
  opened(k: Kernel, p: CcwPrivate): number;
  closed(k: Kernel, p: CcwPrivate): void;
  reset(k: Kernel, p: CcwPrivate): number;
  /** an I/O request failed */
  requestFailed(p: CcwPrivate): void;
}

/** The subchannel is lost: the driver wants to be rid of it. Source: fsm_notoper() */
function fsm_notoper(k: Kernel, p: CcwPrivate): void {
  css_sched_sch_todo(k, p.sch);
  p.state = State.NOT_OPER;
}

/** Source: VFIO_CCW_EVENT_NOT_OPER */
export function fsm_not_oper_event(k: Kernel, p: CcwPrivate): void {
  if (p.state !== State.NOT_OPER) fsm_notoper(k, p);
}

/** Takes the subchannel out of use, which is NOT_OPER until the caller knows better. Source: 5.10 */
function vfio_ccw_sch_quiesce(p: CcwPrivate): number {
  const ret = p.sch.enabled ? cio_disable_subchannel(p.sch) : 0;
  p.state = State.NOT_OPER;
  return ret;
}

function reset(p: CcwPrivate): number {
  const ret = vfio_ccw_sch_quiesce(p) || cio_enable_subchannel(p.sch);
  if (!ret) p.state = State.IDLE;
  return ret;
}

function stand_by(p: CcwPrivate, stop: (p: CcwPrivate) => number): void {
  if (p.state === State.IDLE && !stop(p)) p.state = State.STANDBY;
}

/** IDLE as soon as there is a device. Source: vfio_ccw_sch_probe(), vfio_ccw_mdev_create(), 5.10; up to 5.19 */
export const quiesced: CcwFsm = {
  bound: (p) => cio_enable_subchannel(p.sch),
  unbinding(_k, p) {
    vfio_ccw_sch_quiesce(p);
  },
  created(p) {
    p.state = State.IDLE;
  },
  removed(p) {
    stand_by(p, vfio_ccw_sch_quiesce);
  },
  opened: () => 0,
  closed(_k, p) {
    stand_by(p, reset);
  },
  reset: (_k, p) => reset(p),
  requestFailed(p) {
    p.state = State.IDLE;
  },
};

/** Source: fsm_open() */
function fsm_open(k: Kernel, p: CcwPrivate): void {
  if (cio_enable_subchannel(p.sch)) fsm_not_oper_event(k, p);
  else p.state = State.IDLE;
}

/** Source: fsm_close() */
function fsm_close(k: Kernel, p: CcwPrivate): void {
  if (!p.sch.enabled || cio_disable_subchannel(p.sch)) fsm_not_oper_event(k, p);
  else p.state = State.STANDBY;
}

type Act = (k: Kernel, p: CcwPrivate) => void;
const fsm_nop: Act = () => undefined;

/** Source: vfio_ccw_jumptable */
const JUMPTABLE: Readonly<Record<'OPEN' | 'CLOSE', Readonly<Record<CcwPrivate['state'], Act>>>> = {
  OPEN: { [State.NOT_OPER]: fsm_nop, [State.STANDBY]: fsm_open, [State.IDLE]: fsm_notoper },
  CLOSE: { [State.NOT_OPER]: fsm_nop, [State.STANDBY]: fsm_notoper, [State.IDLE]: fsm_close },
};

const event = (k: Kernel, p: CcwPrivate, name: keyof typeof JUMPTABLE): void => {
  JUMPTABLE[name][p.state](k, p);
};

/** @returns 0, or -EINVAL where that ends in NOT_OPER */
function open(k: Kernel, p: CcwPrivate): number {
  event(k, p, 'OPEN');
  return p.state === State.NOT_OPER ? -Errno.EINVAL : 0;
}

/** IDLE as long as somebody has the device open. Source: 6.0, 6.1 */
export const opened_and_closed: CcwFsm = {
  bound: () => 0,
  unbinding(k, p) {
    event(k, p, 'CLOSE');
  },
  created: () => undefined,
  removed: () => undefined,
  opened: open,
  closed(k, p) {
    event(k, p, 'CLOSE');
  },
  reset(k, p) {
    event(k, p, 'CLOSE');
    return open(k, p);
  },
  requestFailed: () => undefined,
};
