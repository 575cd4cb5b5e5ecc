import { expect } from 'chai';
import { UserMemory } from '../kernel/user-memory.js';
import { VfioRequest } from '../vfio/uapi.js';
import { outcome, readHex, recordingLog, request, writeHex } from './device-fixture.js';
import { MTTY_5_10, MTTY_6_1, MTTY_6_12, MttyDevice, type MttyEra } from './mtty-device.js';

const STRIDE = 2 ** 40;
const CONFIG = 7 * STRIDE;

const MTTY_TYPES = { 'mtty-1': { ports: 1 }, 'mtty-2': { ports: 2 } } as const;

function mtty(type: keyof typeof MTTY_TYPES = 'mtty-2', era: MttyEra = MTTY_6_12) {
  const log = recordingLog();
  return { device: new MttyDevice({ type: MTTY_TYPES[type], era, log }), lines: log.lines };
}

describe('mtty device', () => {
  it('shows its configuration space, with a second BAR for a second port', () => {
    const head = '4843533201000002100200070000000001000000';
    const rest = '00'.repeat(20) + '48435332' + '00'.repeat(12) + '00010000';
    expect(readHex(mtty('mtty-1').device, CONFIG, 64)).to.equal(`${head}00000000${rest}`);
    expect(readHex(mtty('mtty-2').device, CONFIG, 64)).to.equal(`${head}01000000${rest}`);
    const text = '23000080' + '23000000'.repeat(3) + '00'.repeat(16);
    expect(readHex(mtty().device, CONFIG + 0x40, 48)).to.equal(
      text + Buffer.from('PCI Serial/UART\0').toString('hex'),
    );
    expect(readHex(mtty().device, CONFIG + 0xfc, 8)).to.equal('0000000000000000');
  });

  it('sizes and places its BARs, with a line in the log', () => {
    const { device, lines } = mtty();
    expect(writeHex(device, CONFIG + 0x10, 'ffffffff'.repeat(3))).to.equal(12);
    expect(readHex(device, CONFIG + 0x10, 12)).to.equal('f9fffffff9ffffff00000000');
    writeHex(device, CONFIG + 0x14, '000000e0');
    expect(readHex(device, CONFIG + 0x14, 4)).to.equal('010000e0');
    writeHex(device, CONFIG + 0x14, '00d0');
    expect(readHex(device, CONFIG + 0x14, 4)).to.equal('01d00000');
    expect(lines).to.deep.equal([
      '<6> BAR0 addr 0xffffffff',
      '<6> BAR1 addr 0xffffffff',
      '<6> BAR1 addr 0xe0000000',
      '<6> BAR1 addr 0xd000',
    ]);
  });

  it('has no second BAR with one port', () => {
    const { device, lines } = mtty('mtty-1');
    writeHex(device, CONFIG + 0x14, 'ffffffff');
    expect(readHex(device, CONFIG + 0x14, 4)).to.equal('00000000');
    expect(lines).to.deep.equal([]);
  });

  it('lets the interrupt line be written, and tells of what it does not handle', () => {
    const { device, lines } = mtty();
    writeHex(device, CONFIG + 0x3c, '0aff');
    writeHex(device, CONFIG + 0x3d, 'ff');
    writeHex(device, CONFIG + 0x04, 'ffffffff');
    writeHex(device, CONFIG + 0x06, 'ffff');
    writeHex(device, CONFIG, 'ffff');
    writeHex(device, CONFIG + 0x24, 'ffffffffff');
    writeHex(device, CONFIG + 0x1003c, '0b');
    expect(readHex(device, CONFIG + 0x3c, 2)).to.equal('0b01');
    expect(readHex(device, CONFIG, 8)).to.equal('4843533201000002');
    expect(lines).to.deep.equal([
      '<6> PCI config write @0x0 of 2 bytes not handled',
      '<6> PCI config write @0x24 of 4 bytes not handled',
      '<6> PCI config write @0x28 of 1 bytes not handled',
    ]);
  });

  it('has a port in each of BAR0 and BAR1', () => {
    const { device } = mtty('mtty-1');
    writeHex(device, 0, '41');
    writeHex(device, STRIDE + 7, '5a');
    expect(readHex(device, 5, 1)).to.equal('01');
    expect(readHex(device, STRIDE + 5, 1)).to.equal('60');
    expect(readHex(device, 7, 1)).to.equal('00');
    expect(readHex(device, STRIDE + 7, 1)).to.equal('5a');
  });

  it('moves one byte per access, however wide', () => {
    const { device } = mtty();
    writeHex(device, 0, '41424344');
    expect(readHex(device, 0, 8)).to.equal('4100000000000000');
    expect(readHex(device, 5, 1)).to.equal('60');
    expect(readHex(device, 4, 4)).to.equal('00000000');
    expect(readHex(device, 2, 2)).to.equal('c100');
    expect(readHex(device, 8, 4)).to.equal('00000000');
    expect(readHex(device, 0x10005, 1)).to.equal('60');
  });

  it('gave the stack away on 5.10', () => {
    const { device } = mtty('mtty-1', MTTY_5_10);
    expect(readHex(device, 0, 12)).to.equal('8088ffff0088ffff0088ffff');
  });

  it('has nothing behind ROM, VGA and beyond', () => {
    const { device } = mtty();
    for (const region of [6, 8, 9, 100]) {
      expect(readHex(device, region * STRIDE, 4)).to.equal('EFAULT');
      expect(writeHex(device, region * STRIDE, '00')).to.equal('EFAULT');
    }
    expect(readHex(device, 6 * STRIDE, 0)).to.equal('');
    expect(outcome(device.mmap(0, 4096))).to.equal('EINVAL');
  });

  it('describes itself and its regions', () => {
    const { device } = mtty('mtty-1');
    const RW = 3;
    expect(request(device, 'VFIO_DEVICE_GET_INFO', 16, 9, 9, 9, 9)).to.deep.equal([16, 2, 9, 5, 9]);
    expect(request(device, 'VFIO_DEVICE_GET_INFO', 15, 0, 0, 0)).to.equal('EINVAL');
    const region = (index: number) =>
      request(device, 'VFIO_DEVICE_GET_REGION_INFO', 32, 0, index, 7, 0, 0, 0, 0);
    expect(region(0)).to.deep.equal([32, RW, 0, 7, 8, 0, 0, 0]);
    expect(region(1)).to.deep.equal([32, RW, 1, 7, 0, 0, 0, 0x100]);
    expect(region(7)).to.deep.equal([32, RW, 7, 7, 0xff, 0, 0, 0x700]);
    expect(region(9)).to.equal('EINVAL');
    expect(
      request(mtty('mtty-2').device, 'VFIO_DEVICE_GET_REGION_INFO', 32, 0, 1, 0, 0, 0, 0, 0),
    ).to.deep.equal([32, RW, 1, 0, 8, 0, 0, 0x100]);
  });

  it('knows its interrupts only once VFIO_DEVICE_GET_INFO was asked', () => {
    const { device } = mtty();
    const irq = () => request(device, 'VFIO_DEVICE_GET_IRQ_INFO', 16, 0, 0, 0);
    expect(irq()).to.equal('EINVAL');
    request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0);
    expect(irq()).to.deep.equal([16, 7, 0, 1]);
  });

  for (const [name, era, req] of [
    ['6.1', MTTY_6_1, [16, 9, 4, 1]],
    ['6.12', MTTY_6_12, 'EINVAL'],
  ] as const) {
    it(`describes the interrupts of ${name}`, () => {
      const { device } = mtty('mtty-1', era);
      request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0);
      const irq = (index: number) => request(device, 'VFIO_DEVICE_GET_IRQ_INFO', 16, 0, index, 0);
      expect(irq(1)).to.deep.equal([16, 9, 1, 1]);
      expect([irq(2), irq(3), irq(4), irq(5)]).to.deep.equal(['EINVAL', 'EINVAL', req, 'EINVAL']);
    });
  }

  it('wires ports and SET_IRQS to the interrupts of its era', () => {
    const { device, lines } = mtty('mtty-1', MTTY_6_1);
    request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0);
    expect(request(device, 'VFIO_DEVICE_SET_IRQS', 20, 0x21, 0, 0, 0)).to.be.an('array');
    expect(request(device, 'VFIO_DEVICE_SET_IRQS', 20, 0x21, 0, 5, 0)).to.equal('EINVAL');
    writeHex(device, 1, '02');
    device.closeDevice();
    expect(lines).to.deep.equal([
      '<6> mtty_set_irqs: disable INTx',
      '<6> mtty_trigger_interrupt: Intr eventfd not found',
    ]);
  });

  it('says that it was reset, and changes nothing', () => {
    const { device, lines } = mtty();
    writeHex(device, 7, '5a');
    expect(device.ioctl(VfioRequest.VFIO_DEVICE_RESET, new UserMemory(null))).to.equal(0);
    expect(readHex(device, 7, 1)).to.equal('5a');
    expect(lines).to.deep.equal(['<6> mtty_reset: called']);
    expect(request(device, 'VFIO_DEVICE_PCI_HOT_RESET', 8, 0)).to.equal('ENOTTY');
  });
});
