import { expect } from 'chai';
import { outcome, readHex, recordingLog, request, writeHex } from './device-fixture.js';
import { MDPY_TYPES, MdpyDevice, mdpyMemorySize } from './mdpy-device.js';

const MEMORY = 0x1000;
const VGA_SIZE = 0x200000;

function mdpy(type: keyof typeof MDPY_TYPES = 'mdpy-vga') {
  const log = recordingLog();
  return { device: new MdpyDevice({ type: MDPY_TYPES[type], log }), lines: log.lines };
}

describe('mdpy device', () => {
  it('rounds its memory up to a power of two', () => {
    const sizes = Object.values(MDPY_TYPES).map(mdpyMemorySize);
    expect(sizes).to.deep.equal([VGA_SIZE, 0x400000, 0x800000]);
  });

  it('shows its configuration space, with the mode in a vendor capability', () => {
    const { device } = mdpy('mdpy-xga');
    expect(readHex(device, 0, 16)).to.equal('361b0f00030010000100800300000000');
    expect(readHex(device, 0x10, 4)).to.equal('08000000');
    expect(readHex(device, 0x2c, 12)).to.equal('f41a00110000000040000000');
    expect(readHex(device, 0x40, 16)).to.equal('09001000' + '58523234' + '00040000' + '00030000');
    expect(readHex(device, 0xfc, 4)).to.equal('00000000');
  });

  it('sizes and places BAR0, and ignores other writes', () => {
    const { device, lines } = mdpy();
    expect(writeHex(device, 0x10, 'ffffffff')).to.equal(4);
    expect(readHex(device, 0x10, 4)).to.equal('0800e0ff');
    writeHex(device, 0x10, '0f0000e0');
    expect(readHex(device, 0x10, 4)).to.equal('080000e0');
    writeHex(device, 0x10, '0f000000');
    expect(writeHex(device, 0, 'ffffffff')).to.equal(4);
    expect(readHex(device, 0, 4)).to.equal('361b0f00');
    expect(lines).to.deep.equal(['<6> DEV: BAR0 @ 0xe0000000']);
  });

  it('reads and writes the first word of its memory, wherever it is asked', () => {
    const { device } = mdpy();
    expect(readHex(device, MEMORY, 8)).to.equal('0000000000000000');
    writeHex(device, MEMORY + 0x100, '11223344');
    writeHex(device, MEMORY + VGA_SIZE - 1, 'ff');
    expect(readHex(device, MEMORY, 8)).to.equal('ff223344ff223344');
    expect(request(device, 'VFIO_DEVICE_RESET')).to.deep.equal([]);
    expect(readHex(device, MEMORY, 4)).to.equal('00000000');
  });

  it('tells of accesses beside its regions', () => {
    const { device, lines } = mdpy();
    expect(readHex(device, 0xff, 1)).to.equal('EFAULT');
    expect(writeHex(device, 0x800, '00')).to.equal('EFAULT');
    expect(readHex(device, MEMORY + VGA_SIZE - 4, 8)).to.equal('EFAULT');
    expect(readHex(device, 0xfe, 2)).to.equal('0000');
    expect(lines).to.deep.equal([
      '<6> DEV: mdev_access: RD @0xff (unhandled)',
      '<6> DEV: mdev_access: WR @0x800 (unhandled)',
      '<6> DEV: mdev_access: RD @0x201000 (unhandled)',
    ]);
  });

  it('describes itself and its regions, the display region as well', () => {
    const { device } = mdpy();
    expect(request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0)).to.deep.equal([16, 2, 9, 5]);
    const region = (index: number) =>
      request(device, 'VFIO_DEVICE_GET_REGION_INFO', 32, 5, index, 5, 5, 5, 5, 5);
    expect(region(0)).to.deep.equal([32, 7, 0, 5, VGA_SIZE, 0, MEMORY, 0]);
    expect(region(16)).to.deep.equal([32, 7, 16, 5, VGA_SIZE, 0, MEMORY, 0]);
    expect(region(7)).to.deep.equal([32, 3, 7, 5, 0xff, 0, 0, 0]);
    expect(region(8)).to.deep.equal([32, 0, 8, 5, 0, 0, 0, 0]);
    expect(region(9)).to.equal('EINVAL');
  });

  it('has no interrupts, and knows their number only after VFIO_DEVICE_GET_INFO', () => {
    const { device } = mdpy();
    const irq = (index: number) => request(device, 'VFIO_DEVICE_GET_IRQ_INFO', 16, 5, index, 5);
    expect(irq(0)).to.equal('EINVAL');
    request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0);
    expect([irq(4), irq(5)]).to.deep.equal([[16, 5, 4, 0], 'EINVAL']);
    expect(request(device, 'VFIO_DEVICE_SET_IRQS', 20, 0x21, 0, 0, 0)).to.equal('EINVAL');
  });

  it('describes its plane', () => {
    const { device } = mdpy('mdpy-hd');
    const plane = (flags: number) =>
      request(device, 'VFIO_DEVICE_QUERY_GFX_PLANE', 60, flags, 1, ...Array<number>(12).fill(9));
    expect(plane(5)).to.deep.equal([60, 5, 1, ...Array<number>(12).fill(9)]);
    expect([plane(0), plane(1), plane(3), plane(2), plane(6)]).to.deep.equal(
      Array<string>(5).fill('EINVAL'),
    );
    expect(plane(4)).to.deep.equal([
      60, 4, 1, 0x34325258, 0, 0, 1920, 1080, 7680, 0x800000, 0, 0, 0, 0, 16,
    ]);
    expect(
      request(device, 'VFIO_DEVICE_QUERY_GFX_PLANE', 59, ...Array<number>(14).fill(0)),
    ).to.equal('EINVAL');
    expect(request(device, 'VFIO_DEVICE_GET_GFX_DMABUF', 1)).to.equal('ENOTTY');
  });

  it('can be mapped from the beginning of its memory', () => {
    const { device } = mdpy();
    const map = (offset: number, length: number) => outcome(device.mmap(offset, length));
    expect([map(MEMORY, 4096), map(MEMORY, 1), map(MEMORY, VGA_SIZE)]).to.deep.equal([0, 0, 0]);
    for (const [offset, length] of [
      [0, 4096],
      [0x2000, 4096],
      [MEMORY + 1, 4096],
      [MEMORY, 0],
      [MEMORY, VGA_SIZE + 1],
    ] as const) {
      expect(map(offset, length)).to.equal('EINVAL');
    }
  });
});
