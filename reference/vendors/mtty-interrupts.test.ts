import { expect } from 'chai';
import { Errno } from '../kernel/errno.js';
import { outcome, recordingLog, words } from './device-fixture.js';
import { NO_EVENTFDS, type EventfdLookup } from './eventfd.js';
import { LenientInterrupts, type MttyInterrupts } from './mtty-interrupts.js';
import { MaskedInterrupts } from './mtty-masked-interrupts.js';
import { IrqSetFlag } from './vfio-irq-set.js';
import { PciIrq } from '../vfio/uapi.js';

const { INTX, MSI, MSIX, ERR, REQ } = PciIrq;
const {
  DATA_NONE: NONE,
  DATA_BOOL: BOOL,
  DATA_EVENTFD: EVENTFD,
  ACTION_MASK: MASK,
  ACTION_UNMASK: UNMASK,
  ACTION_TRIGGER: TRIGGER,
} = IrqSetFlag;
const NO_DATA = new Uint8Array(0);

/** Eventfds 3 to 7; what happened to them. */
function someEventfds(): { events: string[]; added: number; lookup: EventfdLookup } {
  const events: string[] = [];
  const kit = {
    events,
    added: 1,
    lookup: (fd: number) =>
      fd < 3 || fd > 7
        ? -Errno.EBADF
        : {
            signal: () => (events.push(`signal ${fd}`), kit.added),
            put: () => void events.push(`put ${fd}`),
          },
  };
  return kit;
}

function setter(interrupts: MttyInterrupts) {
  return (index: number, flags: number, count = 0, data: Uint8Array = NO_DATA, start = 0) =>
    outcome(interrupts.set({ argsz: 0, flags, index, start, count, data }));
}

describe('mtty interrupts, 6.1', () => {
  it('complain of a missing eventfd at every interrupt', () => {
    const log = recordingLog();
    new LenientInterrupts(log, NO_EVENTFDS).trigger();
    expect(log.lines).to.deep.equal(['<6> mtty_trigger_interrupt: Intr eventfd not found']);
  });

  it('say what is disabled, and note the other indexes', () => {
    const log = recordingLog();
    const set = setter(new LenientInterrupts(log, NO_EVENTFDS));
    for (const index of [INTX, MSI, MSIX, ERR, REQ]) expect(set(index, NONE | TRIGGER)).to.equal(0);
    expect(set(MSIX, NONE | MASK)).to.equal(0);
    expect(log.lines).to.deep.equal([
      '<6> mtty_set_irqs: disable INTx',
      '<6> mtty_set_irqs: disable MSI',
      '<6> mtty_set_irqs: MSIX_IRQ',
      '<6> mtty_set_irqs: ERR_IRQ',
      '<6> mtty_set_irqs: REQ_IRQ',
      '<6> mtty_set_irqs: MSIX_IRQ',
    ]);
  });

  it('accept masks and bools, and do nothing', () => {
    const log = recordingLog();
    const set = setter(new LenientInterrupts(log, NO_EVENTFDS));
    for (const flags of [NONE | MASK, NONE | UNMASK, NONE]) expect(set(INTX, flags)).to.equal(0);
    expect(set(INTX, BOOL | TRIGGER, 1, Uint8Array.of(1))).to.equal(0);
    expect(log.lines).to.deep.equal([]);
  });

  it('ignore descriptors up to 0, and pass on the error of others', () => {
    const set = setter(new LenientInterrupts(recordingLog(), NO_EVENTFDS));
    const flags = EVENTFD | TRIGGER;
    for (const index of [INTX, MSI]) {
      expect(set(index, flags, 1, words(-1))).to.equal(0);
      expect(set(index, flags, 1, words(0))).to.equal(0);
      expect(set(index, flags, 1, words(12))).to.equal('EINVAL');
      expect(set(index, flags, 0)).to.equal('EFAULT');
    }
  });

  it('signal the eventfd of the index that was set last', () => {
    const log = recordingLog();
    const eventfds = someEventfds();
    const interrupts = new LenientInterrupts(log, eventfds.lookup);
    const set = setter(interrupts);
    const flags = EVENTFD | TRIGGER;
    set(INTX, flags, 1, words(3));
    interrupts.trigger();
    set(MSI, flags, 1, words(4));
    interrupts.trigger();
    set(MSI, flags, 1, words(5));
    interrupts.trigger();
    set(MSI, NONE | TRIGGER);
    interrupts.close();
    eventfds.added = 0;
    interrupts.trigger();
    set(INTX, NONE | TRIGGER);
    expect(eventfds.events).to.deep.equal([
      'signal 3',
      'signal 4',
      'signal 4',
      'put 4',
      'signal 3',
      'put 3',
    ]);
    expect(log.lines[1]).to.equal('<3> mtty_trigger_interrupt: eventfd signal failed (0)');
  });
});

describe('mtty interrupts, 6.12', () => {
  const flags = EVENTFD | TRIGGER;

  it('are refused without an eventfd in use', () => {
    const interrupts = new MaskedInterrupts(NO_EVENTFDS);
    const set = setter(interrupts);
    interrupts.trigger();
    for (const index of [INTX, MSI]) {
      expect(set(index, NONE | TRIGGER, 0)).to.equal('EINVAL');
      expect(set(index, NONE | TRIGGER, 1)).to.equal('EINVAL');
      expect(set(index, BOOL | TRIGGER, 1, Uint8Array.of(1))).to.equal('EINVAL');
      expect(set(index, flags, 1, words(-1))).to.equal(0);
      expect(set(index, flags, 1, words(0))).to.equal('EINVAL');
      expect(set(index, flags, 2, words(-1, -1))).to.equal('EINVAL');
      expect(set(index, flags, 1, words(-1), 1)).to.equal('EINVAL');
      expect(set(index, NONE)).to.equal(0);
      expect(set(index, NONE | MASK | UNMASK)).to.equal(0);
    }
    expect(set(INTX, NONE | MASK, 1)).to.equal('EINVAL');
    expect(set(MSI, NONE | MASK, 1)).to.equal('ENOTTY');
    for (const index of [MSIX, ERR, REQ]) expect(set(index, NONE)).to.equal('ENOTTY');
  });

  it('INTx masks itself', () => {
    const eventfds = someEventfds();
    const interrupts = new MaskedInterrupts(eventfds.lookup);
    const set = setter(interrupts);
    expect(set(INTX, flags, 1, words(3))).to.equal(0);
    interrupts.trigger();
    interrupts.trigger();
    expect(set(INTX, BOOL | UNMASK, 1, Uint8Array.of(0))).to.equal(0);
    interrupts.trigger();
    expect(set(INTX, NONE | UNMASK, 1)).to.equal(0);
    expect(set(INTX, BOOL | TRIGGER, 1, Uint8Array.of(0))).to.equal(0);
    expect(set(INTX, NONE | TRIGGER, 1)).to.equal(0);
    expect(set(INTX, (flags & ~TRIGGER & ~EVENTFD) | EVENTFD | MASK, 1, words(3))).to.equal(
      'ENOTTY',
    );
    expect(eventfds.events).to.deep.equal(['signal 3', 'signal 3']);
  });

  it('only one of the two can be in use, until it is disabled', () => {
    const eventfds = someEventfds();
    const interrupts = new MaskedInterrupts(eventfds.lookup);
    const set = setter(interrupts);
    set(INTX, flags, 1, words(3));
    expect(set(MSI, flags, 1, words(4))).to.equal('EINVAL');
    expect(set(INTX, flags, 1, words(5))).to.equal(0);
    expect(set(INTX, flags, 1, words(9))).to.equal('EBADF');
    expect(set(MSI, flags, 1, words(4))).to.equal(0);
    interrupts.trigger();
    interrupts.trigger();
    expect(set(MSI, NONE | TRIGGER, 0)).to.equal(0);
    set(INTX, flags, 1, words(6));
    interrupts.close();
    interrupts.trigger();
    expect(eventfds.events).to.deep.equal([
      'put 3',
      'put 5',
      'signal 4',
      'signal 4',
      'put 4',
      'put 6',
    ]);
  });
});
