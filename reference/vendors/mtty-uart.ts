/**
 * One serial port of mtty: a 16550 whose transmitter feeds its own receiver, always, whatever
 * the loopback bit of MCR says.
 * Source: samples/vfio-mdev/mtty.c, handle_bar_write and handle_bar_read, 6.1 and 6.12.
 */

/** Register offsets. Those that are shared answer differently to reads and writes. */
export const UartReg = {
  RX_TX: 0,
  IER: 1,
  IIR_FCR: 2,
  LCR: 3,
  MCR: 4,
  LSR: 5,
  MSR: 6,
  SCR: 7,
} as const;

/** Bits of the registers. Source: include/uapi/linux/serial_reg.h, 6.1. */
export const Ier = { RDI: 0x01, THRI: 0x02, RLSI: 0x04, MSI: 0x08 } as const;
export const Iir = { MSI: 0x00, NO_INT: 0x01, THRI: 0x02, RDI: 0x04, RLSI: 0x06 } as const;
export const Fcr = { ENABLE_FIFO: 0x01, CLEAR_RCVR: 0x02, CLEAR_XMIT: 0x04 } as const;
export const LCR_DLAB = 0x80;
export const Mcr = { DTR: 0x01, RTS: 0x02, OUT2: 0x08, AFE: 0x20 } as const;
export const Lsr = { DR: 0x01, OE: 0x02, THRE: 0x20, TEMT: 0x40 } as const;
export const Msr = { DCTS: 0x01, DDSR: 0x02, CTS: 0x10, DSR: 0x20, DCD: 0x80 } as const;

const FIFO_SIZE = 16;
const IER_READ_MASK = 0x0f;
/** Bits 6 and 7 of IIR say "16550 with FIFOs". */
const IIR_FIFO_BITS = 0xc0;

/**
 * The buffer between transmitter and receiver. "Empty" is judged by the two indexes alone, so that
 * sixteen bytes look like none: a full buffer can be neither read nor filled until FCR clears it.
 */
class LoopbackFifo {
  private readonly bytes = new Uint8Array(FIFO_SIZE);
  private head = 0;
  private tail = 0;
  count = 0;

  get looksEmpty(): boolean {
    return this.head === this.tail;
  }

  push(byte: number): void {
    this.bytes[this.head] = byte;
    this.count++;
    this.head = (this.head + 1) % FIFO_SIZE;
  }

  shift(): number {
    const byte = this.bytes[this.tail]!;
    this.count--;
    this.tail = (this.tail + 1) % FIFO_SIZE;
    return byte;
  }

  clear(): void {
    this.head = this.tail = this.count = 0;
  }
}

export class MttyUart {
  private readonly fifo = new LoopbackFifo();
  private ier = 0;
  private lcr = 0;
  private mcr = 0;
  private scr = 0;
  private divisor = 0;
  private dlab = false;
  private overrun = false;
  private capacity = FIFO_SIZE;
  /** Zero until the first write to FCR, and always one after it. */
  private triggerLevel = 0;

  /** @param interrupt called each time the port would raise its interrupt */
  constructor(private readonly interrupt: () => void) {}

  private readonly writers: Readonly<Record<number, (byte: number) => void>> = {
    [UartReg.RX_TX]: (byte) => this.writeTx(byte),
    [UartReg.IER]: (byte) => this.writeIer(byte),
    [UartReg.IIR_FCR]: (byte) => this.writeFcr(byte),
    [UartReg.LCR]: (byte) => this.writeLcr(byte),
    [UartReg.MCR]: (byte) => this.writeMcr(byte),
    [UartReg.SCR]: (byte) => void (this.scr = byte),
  };

  private readonly readers: Readonly<Record<number, () => number | undefined>> = {
    [UartReg.RX_TX]: () => (this.dlab ? this.divisor & 0xff : this.readRx()),
    [UartReg.IER]: () => (this.dlab ? this.divisor >> 8 : this.ier & IER_READ_MASK),
    [UartReg.IIR_FCR]: () => this.readIir(),
    [UartReg.LCR]: () => this.lcr,
    [UartReg.MCR]: () => this.mcr,
    [UartReg.LSR]: () => this.readLsr(),
    [UartReg.MSR]: () => this.readMsr(),
    [UartReg.SCR]: () => this.scr,
  };

  /** A write of one byte; LSR, MSR, and offsets that are no register ignore it. */
  write(offset: number, byte: number): void {
    this.writers[offset]?.(byte);
  }

  /** @returns the byte, or undefined where the driver leaves the reader's buffer as it is */
  read(offset: number): number | undefined {
    return this.readers[offset]?.();
  }

  private writeTx(byte: number): void {
    if (this.dlab) {
      this.divisor |= byte;
      return;
    }
    if (this.fifo.count < this.capacity) {
      this.fifo.push(byte);
      this.overrun = false;
      if (this.ier & Ier.RDI && this.fifo.count === this.triggerLevel) this.interrupt();
    } else {
      this.overrun = true;
      if (this.ier & Ier.RLSI) this.interrupt();
    }
  }

  private writeIer(byte: number): void {
    if (this.dlab) {
      this.divisor |= byte << 8;
      return;
    }
    this.ier = byte;
    if (byte & Ier.THRI && this.fifo.looksEmpty) this.interrupt();
  }

  /** The trigger level in bits 6 and 7 is decoded by the driver, and then overwritten with 1. */
  private writeFcr(byte: number): void {
    if (byte & (Fcr.CLEAR_RCVR | Fcr.CLEAR_XMIT)) this.fifo.clear();
    this.triggerLevel = 1;
    this.capacity = byte & Fcr.ENABLE_FIFO ? FIFO_SIZE : 1;
  }

  private writeLcr(byte: number): void {
    this.dlab = (byte & LCR_DLAB) !== 0;
    if (this.dlab) this.divisor = 0;
    this.lcr = byte;
  }

  private writeMcr(byte: number): void {
    this.mcr = byte;
    if (!(this.ier & Ier.MSI)) return;
    if (byte & Mcr.OUT2) this.interrupt();
    if (byte & (Mcr.RTS | Mcr.DTR)) this.interrupt();
  }

  private readRx(): number | undefined {
    const byte = this.fifo.looksEmpty ? undefined : this.fifo.shift();
    if (this.fifo.looksEmpty && this.ier & Ier.THRI) this.interrupt();
    return byte;
  }

  private readIir(): number {
    let iir = 0;
    if (this.ier & Ier.RLSI && this.overrun) iir |= Iir.RLSI;
    if (this.ier & Ier.RDI && this.fifo.count >= this.triggerLevel) iir |= Iir.RDI;
    if (this.ier & Ier.THRI && this.fifo.looksEmpty) iir |= Iir.THRI;
    if (this.ier & Ier.MSI && this.mcr & (Mcr.RTS | Mcr.DTR)) iir |= Iir.MSI;
    // Iir.MSI is zero: a modem status interrupt alone reads as none pending.
    return (iir || Iir.NO_INT) | IIR_FIFO_BITS;
  }

  private readLsr(): number {
    const filling = this.fifo.looksEmpty ? Lsr.TEMT | Lsr.THRE : Lsr.DR;
    return filling | (this.overrun ? Lsr.OE : 0);
  }

  private readMsr(): number {
    const lines = Msr.DSR | Msr.DDSR | Msr.DCD;
    const clearToSend = !(this.mcr & Mcr.AFE) || this.fifo.count < this.capacity;
    return clearToSend ? lines | Msr.CTS | Msr.DCTS : lines;
  }
}
