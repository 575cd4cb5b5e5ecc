import { expect } from 'chai';
import { Ier, Iir, Lsr, MttyUart, Msr, UartReg } from './mtty-uart.js';

const { RX_TX, IER, IIR_FCR, LCR, MCR, LSR, MSR, SCR } = UartReg;
const EMPTY = Lsr.TEMT | Lsr.THRE;
const FIFO_BITS = 0xc0;

describe('mtty UART', () => {
  let interrupts: number;
  let uart: MttyUart;
  beforeEach(() => {
    interrupts = 0;
    uart = new MttyUart(() => interrupts++);
  });
  const send = (...bytes: number[]) => bytes.forEach((byte) => uart.write(RX_TX, byte));
  const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  it('has these values at first', () => {
    const values = range(9).map((i) => uart.read(i - 1));
    expect(values).to.deep.equal([undefined, 0, 0xc1, 0, 0, 0x60, 0xb3, 0, undefined]);
  });

  it('gives back what was sent, in order', () => {
    send(0x41, 0x42);
    expect(uart.read(LSR)).to.equal(Lsr.DR);
    expect([uart.read(RX_TX), uart.read(RX_TX)]).to.deep.equal([0x41, 0x42]);
    expect(uart.read(LSR)).to.equal(EMPTY);
    expect(uart.read(RX_TX)).to.equal(undefined);
  });

  it('keeps LCR, MCR, SCR whole, and the low half of IER', () => {
    for (const reg of [LCR, MCR, SCR]) {
      uart.write(reg, 0x5f);
      expect(uart.read(reg)).to.equal(0x5f);
    }
    uart.write(IER, 0xff);
    expect(uart.read(IER)).to.equal(0x0f);
  });

  it('ignores writes to LSR, MSR and beyond', () => {
    for (const reg of [LSR, MSR, 8, 0xffff]) uart.write(reg, 0xff);
    expect([uart.read(LSR), uart.read(MSR), uart.read(8)]).to.deep.equal([EMPTY, 0xb3, undefined]);
  });

  it('has the divisor behind DLAB, gathered by OR, cleared by each setting of DLAB', () => {
    uart.write(LCR, 0x80);
    uart.write(RX_TX, 0x01);
    uart.write(RX_TX, 0x0c);
    uart.write(IER, 0x12);
    expect([uart.read(RX_TX), uart.read(IER)]).to.deep.equal([0x0d, 0x12]);
    uart.write(LCR, 0x03);
    expect([uart.read(RX_TX), uart.read(IER)]).to.deep.equal([undefined, 0]);
    uart.write(LCR, 0x80);
    expect([uart.read(RX_TX), uart.read(IER)]).to.deep.equal([0, 0]);
  });

  it('looks empty when full, and stays so until FCR clears it', () => {
    send(...range(16));
    expect(uart.read(LSR)).to.equal(EMPTY);
    expect(uart.read(RX_TX)).to.equal(undefined);
    send(0x77);
    expect(uart.read(LSR)).to.equal(EMPTY | Lsr.OE);
    uart.write(IIR_FCR, 0x03);
    send(0x78);
    expect(uart.read(LSR)).to.equal(Lsr.DR);
    expect(uart.read(RX_TX)).to.equal(0x78);
  });

  it('holds one byte without the FIFO', () => {
    uart.write(IIR_FCR, 0x00);
    send(1, 2);
    expect(uart.read(LSR)).to.equal(Lsr.DR | Lsr.OE);
    expect(uart.read(RX_TX)).to.equal(1);
    expect(uart.read(LSR)).to.equal(EMPTY | Lsr.OE);
    send(3);
    expect(uart.read(LSR)).to.equal(Lsr.DR);
  });

  it('keeps the bytes when FCR clears nothing', () => {
    send(1);
    uart.write(IIR_FCR, 0x01);
    expect(uart.read(RX_TX)).to.equal(1);
  });

  it('takes clear-to-send back only under flow control with a full buffer', () => {
    uart.write(IIR_FCR, 0x00);
    send(1);
    expect(uart.read(MSR)).to.equal(0xb3);
    uart.write(MCR, 0x20);
    expect(uart.read(MSR)).to.equal(Msr.DSR | Msr.DDSR | Msr.DCD);
    uart.read(RX_TX);
    expect(uart.read(MSR)).to.equal(0xb3);
  });

  describe('interrupts', () => {
    it('are all off at first', () => {
      send(...range(17));
      uart.write(MCR, 0x0b);
      uart.read(RX_TX);
      expect(interrupts).to.equal(0);
    });

    it('RDI: at the level, which is never reached before FCR was written', () => {
      uart.write(IER, Ier.RDI);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.RDI);
      send(1);
      expect(interrupts).to.equal(0);
      uart.write(IIR_FCR, 0xc3);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.NO_INT);
      send(1, 2);
      expect(interrupts).to.equal(1);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.RDI);
    });

    it('THRI: when enabled on an empty buffer, and whenever a read leaves it empty', () => {
      uart.write(IER, Ier.THRI);
      expect(interrupts).to.equal(1);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.THRI);
      send(1);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.NO_INT);
      uart.write(IER, Ier.THRI);
      expect(interrupts).to.equal(1);
      uart.read(RX_TX);
      uart.read(RX_TX);
      expect(interrupts).to.equal(3);
    });

    it('RLSI: on each overrun', () => {
      uart.write(IER, Ier.RLSI);
      uart.write(IIR_FCR, 0x00);
      send(1, 2, 3);
      expect(interrupts).to.equal(2);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.RLSI);
    });

    it('MSI: by OUT2 and by RTS or DTR, unseen in IIR', () => {
      uart.write(IER, Ier.MSI);
      uart.write(MCR, 0x08);
      uart.write(MCR, 0x01);
      uart.write(MCR, 0x0a);
      uart.write(MCR, 0x10);
      expect(interrupts).to.equal(4);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.NO_INT);
    });

    it('IIR joins all that is pending', () => {
      uart.write(IIR_FCR, 0x00);
      send(1, 2);
      uart.write(IER, 0x0f);
      expect(uart.read(IIR_FCR)).to.equal(FIFO_BITS | Iir.RLSI | Iir.RDI);
    });
  });
});
