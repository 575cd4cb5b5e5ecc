/**
 * The interrupts of mtty in its older form: INTx and MSI, at most one of them in use, hardly checked.
 * Source: samples/vfio-mdev/mtty.c, mtty_set_irqs and mtty_trigger_interrupt, 6.1.
 */
import { Errno } from '../kernel/errno.js';
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import type { EventfdContext, EventfdLookup } from './eventfd.js';
import { LittleEndian } from '../kernel/little-endian.js';
import { IRQ_SET_ACTION_TYPE_MASK, IrqSetFlag, type IrqSet } from './vfio-irq-set.js';
import { PciIrq } from '../vfio/uapi.js';

/** What a port and VFIO_DEVICE_SET_IRQS need of an era's interrupts. */
export interface MttyInterrupts {
  trigger(): void;
  set(irqs: IrqSet): number;
  /** What closing the device does to them. */
  close(): void;
}

export type MttyInterruptsFactory = (log: DeviceLog, eventfds: EventfdLookup) => MttyInterrupts;

/** Indexes that the driver notes in the log, and accepts whatever is asked of them. */
const NOTED: Readonly<Record<number, string>> = {
  [PciIrq.MSIX]: 'MSIX_IRQ',
  [PciIrq.ERR]: 'ERR_IRQ',
  [PciIrq.REQ]: 'REQ_IRQ',
};

export class LenientInterrupts implements MttyInterrupts {
  /** INTx from the beginning, since the driver's state starts as zeroes. */
  private index: number = PciIrq.INTX;
  private intx: EventfdContext | null = null;
  private msi: EventfdContext | null = null;

  constructor(
    private readonly log: DeviceLog,
    private readonly eventfds: EventfdLookup,
  ) {}

  trigger(): void {
    const context = this.index === PciIrq.MSI ? this.msi : this.intx;
    if (!context) {
      if (this.index === PciIrq.INTX) {
        this.log.pr(LogLevel.INFO, 'mtty_trigger_interrupt: Intr eventfd not found');
      }
      return;
    }
    const added = context.signal();
    if (added !== 1) {
      this.log.pr(LogLevel.ERR, `mtty_trigger_interrupt: eventfd signal failed (${added})`);
    }
  }

  set(irqs: IrqSet): number {
    const noted = NOTED[irqs.index];
    if (noted) this.log.pr(LogLevel.INFO, `mtty_set_irqs: ${noted}`);
    const triggers = (irqs.flags & IRQ_SET_ACTION_TYPE_MASK) === IrqSetFlag.ACTION_TRIGGER;
    if (noted || !triggers) return 0;
    return irqs.index === PciIrq.INTX ? this.setIntx(irqs) : this.setMsi(irqs);
  }

  /** The era has no close_device: what is set stays set for the next opener. */
  close(): void {
    // Nothing happens.
  }

  private setIntx(irqs: IrqSet): number {
    if (irqs.flags & IrqSetFlag.DATA_NONE) {
      this.log.pr(LogLevel.INFO, 'mtty_set_irqs: disable INTx');
      // The driver keeps the pointer, and so does the model.
      this.intx?.put();
      return 0;
    }
    return this.attach(irqs, (context) => (this.intx = context));
  }

  private setMsi(irqs: IrqSet): number {
    if (irqs.flags & IrqSetFlag.DATA_NONE) {
      this.msi?.put();
      this.log.pr(LogLevel.INFO, 'mtty_set_irqs: disable MSI');
      this.index = PciIrq.INTX;
      return 0;
    }
    // An MSI that is set can't be set again, not even after it was disabled.
    return this.attach(irqs, (context) => (this.msi = context), this.msi !== null);
  }

  /** DATA_EVENTFD; descriptor 0 and those below it are ignored, and DATA_BOOL is altogether. */
  private attach(irqs: IrqSet, keep: (context: EventfdContext) => void, taken = false): number {
    if (!(irqs.flags & IrqSetFlag.DATA_EVENTFD)) return 0;
    // With a count of 0 there are no data: the kernel follows a null pointer here, and dies.
    if (!irqs.data.length) return -Errno.EFAULT;
    const fd = new LittleEndian(irqs.data).s32(0);
    if (fd <= 0 || taken) return 0;
    const context = this.eventfds(fd);
    if (typeof context === 'number') return context;
    keep(context);
    this.index = irqs.index;
    return 0;
  }
}
