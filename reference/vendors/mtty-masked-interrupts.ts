/**
 * The interrupts of mtty in its newer form: INTx can be masked and masks itself, MSI can't, everything
 * else is refused, and none is in use until an eventfd says so.
 * Source: samples/vfio-mdev/mtty.c, mtty_set_irqs and mtty_trigger_interrupt, 6.12.
 */
import { Errno } from '../kernel/errno.js';
import type { EventfdContext, EventfdLookup } from './eventfd.js';
import { LittleEndian } from '../kernel/little-endian.js';
import type { MttyInterrupts } from './mtty-interrupts.js';
import { IRQ_SET_ACTION_TYPE_MASK, IrqSetFlag, type IrqSet } from './vfio-irq-set.js';
import { PciIrq } from '../vfio/uapi.js';

interface LineInUse {
  readonly index: number;
  readonly context: EventfdContext;
}

type IrqAction = (irqs: IrqSet) => number;

const refuse: IrqAction = () => -Errno.ENOTTY;

export class MaskedInterrupts implements MttyInterrupts {
  private line: LineInUse | null = null;
  private masked = false;

  constructor(private readonly eventfds: EventfdLookup) {}

  /** By index, then by action. No action, or two at once, is a success that does nothing. */
  private readonly actions: Readonly<Record<number, Readonly<Record<number, IrqAction>>>> = {
    [PciIrq.INTX]: {
      [IrqSetFlag.ACTION_MASK]: (irqs) => this.setMask(irqs, true),
      [IrqSetFlag.ACTION_UNMASK]: (irqs) => this.setMask(irqs, false),
      [IrqSetFlag.ACTION_TRIGGER]: (irqs) => this.setTrigger(irqs),
    },
    [PciIrq.MSI]: {
      [IrqSetFlag.ACTION_MASK]: refuse,
      [IrqSetFlag.ACTION_UNMASK]: refuse,
      [IrqSetFlag.ACTION_TRIGGER]: (irqs) => this.setTrigger(irqs),
    },
  };

  trigger(): void {
    if (!this.line) return;
    if (this.line.index === PciIrq.INTX) {
      if (this.masked) return;
      this.masked = true;
    }
    this.line.context.signal();
  }

  set(irqs: IrqSet): number {
    const actions = this.actions[irqs.index];
    if (!actions) return -Errno.ENOTTY;
    return actions[irqs.flags & IRQ_SET_ACTION_TYPE_MASK]?.(irqs) ?? 0;
  }

  close(): void {
    this.disable();
  }

  private disable(): void {
    this.line?.context.put();
    if (this.line?.index === PciIrq.INTX) this.masked = false;
    this.line = null;
  }

  private setMask(irqs: IrqSet, mask: boolean): number {
    const inUse = this.line?.index === irqs.index;
    if (!inUse || irqs.start !== 0 || irqs.count !== 1) return -Errno.EINVAL;
    if (irqs.flags & IrqSetFlag.DATA_EVENTFD) return -Errno.ENOTTY;
    if (isMeant(irqs)) this.masked = mask;
    return 0;
  }

  private setTrigger(irqs: IrqSet): number {
    const inUse = this.line?.index === irqs.index;
    if (inUse && irqs.count === 0 && irqs.flags & IrqSetFlag.DATA_NONE) {
      this.disable();
      return 0;
    }
    const otherInUse = this.line !== null && !inUse;
    if (otherInUse || irqs.start !== 0 || irqs.count !== 1) return -Errno.EINVAL;
    if (irqs.flags & IrqSetFlag.DATA_EVENTFD) return this.attach(irqs);
    if (!inUse) return -Errno.EINVAL;
    if (isMeant(irqs)) this.trigger();
    return 0;
  }

  /** A negative descriptor only takes the old one away. */
  private attach(irqs: IrqSet): number {
    this.disable();
    const fd = new LittleEndian(irqs.data).s32(0);
    if (fd < 0) return 0;
    const context = this.eventfds(fd);
    if (typeof context === 'number') return context;
    this.line = { index: irqs.index, context };
    return 0;
  }
}

/** Whether the one interrupt is meant: always without data, by its value with DATA_BOOL. */
function isMeant(irqs: IrqSet): boolean {
  return (irqs.flags & IrqSetFlag.DATA_NONE) !== 0 || irqs.data[0] !== 0;
}
