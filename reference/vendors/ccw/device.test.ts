/** A subchannel behind its descriptor, with eventfds, which protocol 1 can't make. */
import { expect } from 'chai';
import { Device } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import { atomic, booted, events } from '../../kernel/testing.js';
import { UserMemory } from '../../kernel/user-memory.js';
import { VfioRequest } from '../../vfio/uapi.js';
import { words } from '../device-fixture.js';
import type { EventfdContext } from '../eventfd.js';
import { ccw_ioctl, type CcwDescriptor } from './device.js';
import { opened_and_closed } from './fsm.js';
import { vfio_ccw_alloc_private, type CcwPrivate } from './private.js';
import { REQ_IRQ_INDEX, vfio_ccw_mdev_request } from './request.js';

const ERA: CcwDescriptor = { fsm: opened_and_closed, numIrqs: 3 };
const EVENTFD = 36;
const TRIGGER_NONE = 33;
const TRIGGER_BOOL = 34;

/** A device, and eventfds 20 and 21 that remember what happens to them. */
function fixture() {
  const k = booted();
  const dev = new Device({ name: '0.0.0000' });
  const p = vfio_ccw_alloc_private({ dev, qdio: false, operational: true, enabled: false });
  const seen: string[] = [];
  const context = (fd: number): EventfdContext => ({
    signal: () => seen.push(`signal ${fd}`),
    put: () => void seen.push(`put ${fd}`),
  });
  const eventfds = (fd: number) => (fd === 20 || fd === 21 ? context(fd) : -Errno.EBADF);
  const setIrqs = (flags: number, index: number, ...data: number[]) => {
    const bytes = words(20 + 4 * data.length, flags, index, 0, 1, ...data);
    const arg = { value: 0, memory: new UserMemory(bytes) };
    return ccw_ioctl(k, p, VfioRequest.VFIO_DEVICE_SET_IRQS, arg, ERA, eventfds);
  };
  return { k, p, dev, seen, setIrqs };
}

const ask = (k: Kernel, dev: Device, p: CcwPrivate, count: number) => {
  atomic(k, () => {
    vfio_ccw_mdev_request(k, dev, p, count);
  });
};

describe('vfio_ccw behind its descriptor', () => {
  it('keeps one eventfd for each interrupt, and puts the one before', () => {
    const { seen, setIrqs } = fixture();
    expect([setIrqs(EVENTFD, 0, 20), setIrqs(EVENTFD, 1, 20)]).to.deep.equal([0, 0]);
    expect(seen).to.deep.equal([]);
    expect([setIrqs(EVENTFD, 0, 21), setIrqs(EVENTFD, 0, -1)]).to.deep.equal([0, 0]);
    expect(seen).to.deep.equal(['put 20', 'put 21']);
  });

  it('keeps the eventfd that it has when it is given none', () => {
    const { seen, setIrqs } = fixture();
    setIrqs(EVENTFD, 0, 20);
    expect(setIrqs(EVENTFD, 0, 99)).to.equal(-Errno.EBADF);
    expect(setIrqs(EVENTFD, 0, -2)).to.equal(-Errno.EINVAL);
    setIrqs(TRIGGER_NONE, 0);
    expect(seen).to.deep.equal(['signal 20']);
  });

  it('signals when it is told to, where there is something to signal', () => {
    const { seen, setIrqs } = fixture();
    expect(setIrqs(TRIGGER_NONE, 0)).to.equal(0);
    setIrqs(EVENTFD, 1, 21);
    expect([setIrqs(TRIGGER_BOOL, 1, 0), setIrqs(TRIGGER_BOOL, 1, 1)]).to.deep.equal([0, 0]);
    expect(seen).to.deep.equal(['signal 21']);
  });

  it('relays every request through its channel, and every tenth to the log', () => {
    const { k, p, dev, seen, setIrqs } = fixture();
    setIrqs(EVENTFD, REQ_IRQ_INDEX, 20);
    for (let count = 0; count < 21; count++) ask(k, dev, p, count);
    expect(seen).to.have.length(21);
    expect(events(k)).to.deep.equal(
      [0, 10, 20].map((count) => `<5>  0.0.0000: Relaying device request to user (#${count})`),
    );
  });

  it('tells the log the first time only where there is no channel', () => {
    const { k, p, dev } = fixture();
    for (const count of [0, 1, 10]) ask(k, dev, p, count);
    expect(events(k)).to.deep.equal([
      '<5>  0.0.0000: No device request channel registered, blocked until released by user',
    ]);
  });
});
