import { expect } from 'chai';
import { UserMemory } from '../kernel/user-memory.js';
import { VfioRequest } from '../vfio/uapi.js';
import { outcome, readHex, recordingLog, request, words, writeHex } from './device-fixture.js';
import { MBOCHS_TYPES, MbochsDevice, mbochsPageCount } from './mbochs-device.js';
import { Vbe } from './mbochs-vbe.js';
import type { DmaBuf } from './mbochs-planes.js';

const MMIO = 0x1000;
const VBE = MMIO + 0x500;
const EDID = 0x2000;
const EDID_BLOB = EDID + 0x800;
const MEMORY = 0x3000;
const SMALL_SIZE = 4 * 1024 * 1024;

function mbochs(type: keyof typeof MBOCHS_TYPES = 'mbochs-small') {
  const log = recordingLog();
  const exported: DmaBuf[] = [];
  const dmaBufFd = (buf: DmaBuf) => 19 + exported.push(buf);
  const device = new MbochsDevice({ type: MBOCHS_TYPES[type], log, dmaBufFd });
  const setVbe = (index: number, value: number) =>
    device.write(VBE + 2 * index, words(value).subarray(0, 2));
  return { device, lines: log.lines, exported, setVbe };
}

describe('mbochs device', () => {
  it('counts its pages', () => {
    expect(Object.values(MBOCHS_TYPES).map(mbochsPageCount)).to.deep.equal([1024, 4096, 16384]);
  });

  it('shows its configuration space', () => {
    const { device } = mbochs();
    expect(readHex(device, 0, 20)).to.equal('3412111103000000010080030000000008000000');
    expect(readHex(device, 0x2c, 4)).to.equal('f41a0011');
  });

  it('sizes and places BAR0 and BAR2, and ignores other writes', () => {
    const { device, lines } = mbochs();
    for (const bar of [0x10, 0x14, 0x18, 0]) writeHex(device, bar, 'ffffffff');
    expect(readHex(device, 0x10, 12)).to.equal('0800c0ff0000000000f0ffff');
    writeHex(device, 0x10, '000000e0');
    writeHex(device, 0x18, '0f00d0fe');
    expect(readHex(device, 0x10, 12)).to.equal('080000e0000000000000d0fe');
    expect(lines).to.deep.equal(['<6> DEV: BAR #0 @ 0xe0000000', '<6> DEV: BAR #2 @ 0xfed00000']);
  });

  it('has VBE registers of 16 bits', () => {
    const { device, setVbe } = mbochs();
    expect(readHex(device, VBE, 2)).to.equal('c5b0');
    expect(readHex(device, VBE + 0x14, 2)).to.equal('4000');
    setVbe(Vbe.XRES, 800);
    expect(readHex(device, VBE + 2, 2)).to.equal('2003');
    expect(readHex(device, VBE, 4)).to.equal('00000000');
    expect(readHex(device, VBE + 1, 1)).to.equal('00');
    writeHex(device, VBE + 2, '01');
    writeHex(device, VBE + 4, '01000100');
    expect(readHex(device, VBE + 2, 2)).to.equal('2003');
    expect(readHex(device, VBE + 0x16, 2)).to.equal('0000');
    expect(request(device, 'VFIO_DEVICE_RESET')).to.deep.equal([]);
    expect(readHex(device, VBE + 2, 2)).to.equal('0000');
  });

  it('takes accesses to VGA ports and extended registers, and does nothing', () => {
    const { device, lines } = mbochs();
    expect(writeHex(device, MMIO + 0x400, 'ff')).to.equal(1);
    expect(readHex(device, MMIO + 0x400, 1)).to.equal('00');
    expect(readHex(device, MMIO + 0x600, 8)).to.equal('0000000000000000');
    expect(lines).to.deep.equal([]);
  });

  it('has the registers of a monitor, of which two can be written', () => {
    const { device } = mbochs('mbochs-medium');
    const initial = ['00080000', '00040000', '00000000', '80070000', 'a0050000', '00000000'];
    expect(readHex(device, EDID, 24)).to.equal(initial.join(''));
    writeHex(device, EDID, '11111111'.repeat(6));
    initial[2] = initial[5] = '11111111';
    expect(readHex(device, EDID, 24)).to.equal(initial.join(''));
    writeHex(device, EDID + 8, '2222');
    expect(readHex(device, EDID + 8, 2)).to.equal('0000');
    expect(readHex(device, EDID + 24, 4)).to.equal('00000000');
  });

  it('shows the EDID to the guest once there is a link', () => {
    const { device } = mbochs();
    writeHex(device, EDID_BLOB, '00112233445566');
    expect(readHex(device, EDID_BLOB, 8)).to.equal('0011223344556600');
    expect(readHex(device, MMIO, 8)).to.equal('0000000000000000');
    device.write(EDID + 8, words(5));
    device.write(EDID + 20, words(1));
    expect(readHex(device, MMIO, 8)).to.equal('0011223344556600');
    expect(readHex(device, MMIO + 5, 1)).to.equal('00');
    device.write(EDID + 20, words(2));
    expect(readHex(device, MMIO, 4)).to.equal('00000000');
    expect(writeHex(device, EDID_BLOB + 0x400, 'ff')).to.equal(1);
    expect(readHex(device, EDID_BLOB + 0x400, 1)).to.equal('00');
  });

  it('has memory until it is closed', () => {
    const { device } = mbochs();
    writeHex(device, MEMORY + 0xffe, '11223344');
    expect(readHex(device, MEMORY + 0xffe, 4)).to.equal('11223344');
    writeHex(device, MEMORY + SMALL_SIZE - 1, '55');
    expect(readHex(device, MEMORY + SMALL_SIZE - 4, 4)).to.equal('00000055');
    device.closeDevice();
    expect(readHex(device, MEMORY + 0xffe, 4)).to.equal('00000000');
  });

  it('refuses what is beside its regions, without a word', () => {
    const { device, lines } = mbochs();
    for (const pos of [0xff, 0x800, MEMORY + SMALL_SIZE]) {
      expect([readHex(device, pos, 1), writeHex(device, pos, '00')]).to.deep.equal([
        'EFAULT',
        'EFAULT',
      ]);
    }
    expect(lines).to.deep.equal([]);
  });

  it('describes itself, its regions, and the capability of one of them', () => {
    const { device } = mbochs();
    expect(request(device, 'VFIO_DEVICE_GET_INFO', 16, 0, 0, 0)).to.deep.equal([16, 2, 10, 5]);
    const region = (index: number, argsz: number, size = argsz / 4) => {
      const rest = Array<number>(size - 3).fill(0);
      return request(device, 'VFIO_DEVICE_GET_REGION_INFO', argsz, 0, index, ...rest);
    };
    expect(region(0, 32)).to.deep.equal([32, 7, 0, 0, SMALL_SIZE, 0, MEMORY, 0]);
    expect(region(2, 32)).to.deep.equal([32, 3, 2, 0, 4096, 0, MMIO, 0]);
    expect(region(7, 32)).to.deep.equal([32, 3, 7, 0, 0xff, 0, 0, 0]);
    expect(region(8, 32)).to.deep.equal([32, 0, 8, 0, 0, 0, 0, 0]);
    const edid = [48, 11, 9, 32, 4096, 0, EDID, 0];
    expect(region(9, 32)).to.deep.equal(edid);
    expect(region(9, 48)).to.deep.equal([...edid, 0x00010002, 0, 1, 1]);
    expect(region(9, 48, 8)).to.equal('EFAULT');
    expect(region(9, 32, 7)).to.equal('EFAULT');
    expect([region(10, 32), region(0, 28, 8), region(0, 52)]).to.deep.equal(
      Array<string>(3).fill('EINVAL'),
    );
  });

  it('has no interrupts', () => {
    const { device } = mbochs();
    const irq = (index: number) => request(device, 'VFIO_DEVICE_GET_IRQ_INFO', 16, 5, index, 5);
    expect([irq(4), irq(5)]).to.deep.equal([[16, 5, 4, 0], 'EINVAL']);
    expect(request(device, 'VFIO_DEVICE_SET_IRQS', 20, 0x21, 0, 0, 0)).to.equal('EINVAL');
    expect(request(device, 'VFIO_DEVICE_IOEVENTFD', 0)).to.equal('ENOTTY');
  });

  it('can be mapped from the beginning of its memory', () => {
    const { device } = mbochs();
    expect(outcome(device.mmap(MEMORY, SMALL_SIZE))).to.equal(0);
    expect(outcome(device.mmap(MMIO, 4096))).to.equal('EINVAL');
    expect(outcome(device.mmap(MEMORY, SMALL_SIZE + 1))).to.equal('EINVAL');
  });

  describe('planes', () => {
    const PRIMARY = 1;
    const query = (device: MbochsDevice, flags = 2, plane = PRIMARY) =>
      request(
        device,
        'VFIO_DEVICE_QUERY_GFX_PLANE',
        60,
        flags,
        plane,
        ...Array<number>(12).fill(9),
      );
    const NOTHING = [60, 2, 1, ...Array<number>(12).fill(0)];
    const mode = (
      { setVbe }: ReturnType<typeof mbochs>,
      values: Partial<Record<keyof typeof Vbe, number>>,
    ) => {
      const all = { XRES: 640, YRES: 480, BPP: 32, ENABLE: 1, ...values };
      for (const [name, value] of Object.entries(all)) setVbe(Vbe[name as keyof typeof Vbe], value);
    };

    it('are dma-bufs', () => {
      const { device } = mbochs();
      expect(query(device, 3)).to.be.an('array');
      expect([query(device, 1), query(device, 4), query(device, 0)]).to.deep.equal(
        Array<string>(3).fill('EINVAL'),
      );
    });

    it('are nothing while disabled, or not the primary one', () => {
      const kit = mbochs();
      expect(query(kit.device)).to.deep.equal(NOTHING);
      mode(kit, {});
      expect(query(kit.device, 2, 0)).to.deep.equal([60, 2, 0, ...NOTHING.slice(3)]);
      expect(kit.lines).to.deep.equal([]);
    });

    for (const [values, message] of [
      [{ BPP: 16 }, 'bpp 16 not supported'],
      [{ XRES: 63 }, 'invalid resolution 63x480'],
      [{ YRES: 0 }, 'invalid resolution 640x0'],
      [{ XRES: 1024, YRES: 1025 }, 'framebuffer memory overflow'],
      [{ VIRT_WIDTH: 2185 }, 'framebuffer memory overflow'],
    ] as const) {
      it(`complains: ${message}`, () => {
        const kit = mbochs();
        mode(kit, values);
        expect(query(kit.device)).to.deep.equal(NOTHING);
        expect(kit.lines).to.deep.equal([`<6> DEV: mbochs_check_framebuffer: ${message}`]);
      });
    }

    it('complains ten times at most', () => {
      const kit = mbochs();
      mode(kit, { BPP: 8 });
      for (let i = 0; i < 12; i++) query(kit.device);
      expect(kit.lines).to.have.lengthOf(10);
    });

    it('are not found when asked for the first time', () => {
      const kit = mbochs();
      mode(kit, { VIRT_WIDTH: 1024, Y_OFFSET: 1 });
      expect(query(kit.device)).to.equal('ENOMEM');
      const plane = [60, 2, 1, 0x34325258, 0, 0, 640, 480, 4096, 4096 * 480, 0, 0, 0, 0, 1];
      expect(query(kit.device)).to.deep.equal(plane);
      mode(kit, { VIRT_WIDTH: 0, Y_OFFSET: 0 });
      expect(query(kit.device)).to.equal('ENOMEM');
      expect(query(kit.device)).to.include(2560).and.include(2);
    });

    it('are exported by id, until the device is closed', () => {
      const kit = mbochs();
      const get = (id: number) =>
        outcome(
          kit.device.ioctl(VfioRequest.VFIO_DEVICE_GET_GFX_DMABUF, new UserMemory(words(id))),
        );
      mode(kit, {});
      query(kit.device);
      expect([get(1), get(1), get(2)]).to.deep.equal([20, 21, 'ENOENT']);
      expect(kit.exported[0]).to.equal(kit.exported[1]);
      expect(kit.exported[0]!.size).to.equal(2560 * 480);
      kit.exported[0]!.release();
      get(1);
      expect(kit.exported[2]).not.to.equal(kit.exported[0]);
      kit.device.closeDevice();
      expect(get(1)).to.equal('ENOENT');
      query(kit.device);
      expect(get(2)).to.equal(23);
      expect(
        outcome(kit.device.ioctl(VfioRequest.VFIO_DEVICE_GET_GFX_DMABUF, new UserMemory(null))),
      ).to.equal('EFAULT');
    });

    it('are not exported off page bounds', () => {
      const kit = mbochs();
      mode(kit, { X_OFFSET: 1 });
      query(kit.device);
      expect(request(kit.device, 'VFIO_DEVICE_GET_GFX_DMABUF', 1)).to.equal('EINVAL');
      expect(kit.lines).to.deep.equal([
        '<6> DEV: mbochs_dmabuf_export: framebuffer not page-aligned',
      ]);
    });
  });
});
