import { expect } from 'chai';
import { A, B, device, Rig, uuid } from '../../testing.js';
import { MEMORY_OFFSET } from '../mbochs-regions.js';

const CORE = ['vfio', 'vfio_iommu_type1', 'mdev', 'vfio_mdev'];

describe('the vendor drivers with mdev_parent_ops', () => {
  const rig = (...modules: string[]) => new Rig('linux-5.10', ...CORE, ...modules);

  it('mtty tells how many ports are left, and gives more', () => {
    const r = rig('mtty');
    const ids = Array.from({ length: 13 }, (_each, at) => uuid(String.fromCharCode(97 + at)));
    for (const id of ids) expect(r.create('mtty-2', id)).to.equal(36);
    expect(r.available('mtty-1')).to.equal(-2);
    expect(r.available('mtty-2')).to.equal(-1);
    for (const id of ids) expect(r.remove(id)).to.equal(1);
    expect(r.available('mtty-1')).to.equal(24);
  });

  it('mtty says when a descriptor comes and goes', () => {
    const r = rig('mtty');
    r.create('mtty-1', A);
    const opened = r.openDevice(A);
    expect(r.events('log')).to.include('<6> mtty_open');
    expect(r.rmmod('vfio_mdev')).to.equal('EAGAIN');
    for (const fd of [opened.device, opened.group, opened.container]) r.close(fd);
    expect(r.events('log')).to.include('<6> mtty_close');
    expect(r.read(`${device(A)}/vendor/sample_mdev_dev`)).to.equal(`This is MDEV ${A}\n`);
    expect(r.read(`${r.type('mtty-2')}/name`)).to.equal('Dual port serial\n');
  });

  it('mtty is not pinned: unloading it waits for whoever uses a device', () => {
    const r = rig('mtty');
    r.create('mtty-1', A);
    const opened = r.openDevice(A);
    r.start('unloader', 'rmmod', { module: 'mtty' });
    expect(r.state('unloader')).to.equal('blocked');
    r.close(opened.device);
    expect(r.state('unloader')).to.equal('blocked');
    r.close(opened.group);
    expect(r.join('unloader')).to.equal(0);
  });

  for (const [driver, type, log] of [
    ['mdpy', 'mdpy-vga', 'mdpy_create: mdpy-vga (640x480)'],
    ['mbochs', 'mbochs-small', 'mbochs_create: mbochs-small, 4 MB, 1024 pages'],
  ] as const) {
    it(`${driver} is pinned by each descriptor`, () => {
      const r = rig(driver);
      expect(r.create(type, A)).to.equal(36);
      expect(r.events('log')).to.include(`<6> mdev ${A}: ${log}`);
      const opened = r.openDevice(A);
      const second = r.ioctl(opened.group, 'VFIO_GROUP_GET_DEVICE_FD', A);
      expect(r.read(`/sys/module/${driver}/refcnt`)).to.equal('2\n');
      expect(r.rmmod(driver)).to.equal('EAGAIN');
      for (const fd of [second, opened.device, opened.group, opened.container]) r.close(fd);
      expect(r.read(`/sys/module/${driver}/refcnt`)).to.equal('0\n');
      expect(r.rmmod(driver)).to.equal(0);
    });

    it(`${driver} has no memory for more than it was given`, () => {
      const r = rig(`${driver} count=${driver === 'mdpy' ? 1 : 4}`);
      expect(r.available(type)).to.equal(1);
      expect(r.create(type, A)).to.equal(36);
      expect(r.available(type)).to.equal(0);
      expect(r.create(type, B)).to.equal('ENOMEM');
      expect(r.remove(A)).to.equal(1);
      expect(r.create(type, B)).to.equal(36);
    });
  }

  it('mdpy and mbochs describe types and devices', () => {
    const r = rig('mdpy', 'mbochs');
    r.create('mdpy-xga', A);
    r.create('mbochs-medium', B);
    expect(r.read(`${device(A)}/vendor/resolution`)).to.equal('1024x768\n');
    expect(r.read(`${device(B)}/vendor/memory`)).to.equal('16 MB\n');
    const description = (type: string) => r.read(`${r.type(type)}/description`);
    expect(description('mdpy-xga')).to.equal('virtual display, 1024x768 framebuffer\n');
    expect(description('mbochs-large')).to.equal('virtual display, 64 MB video memory\n');
    expect(r.read(`${r.type('mdpy-hd')}/name`)).to.equal('mdpy-hd\n');
    expect(r.read(`${r.type('mbochs-large')}/device_api`)).to.equal('vfio-pci\n');
  });

  it('mdpy and mbochs are mapped and read through their descriptors', () => {
    for (const [driver, type, offset] of [
      ['mdpy', 'mdpy-vga', 4096],
      ['mbochs', 'mbochs-small', MEMORY_OFFSET],
    ] as const) {
      const r = rig(driver);
      r.create(type, A);
      const fd = r.openDevice(A).device as number;
      expect(r.call({ method: 'pread', params: { fd, offset: 0, count: 4 } }).ret).to.equal(4);
      expect(r.call({ method: 'pwrite', params: { fd, offset: 0, hex: '00' } }).ret).to.equal(1);
      expect(r.call({ method: 'mmap', params: { fd, offset, length: 4096 } }).ret, driver).to.be.a(
        'number',
      );
    }
  });

  it('mscript counts per parent, unless it is told a number', () => {
    const r = rig('mscript nr_parents=2');
    expect(r.create('mscript0/mscript-a', A)).to.equal(36);
    expect(r.available('mscript0/mscript-b')).to.equal(1);
    expect(r.available('mscript1/mscript-b')).to.equal(2);
    r.write('/sys/module/mscript/parameters/max_inst', '1');
    expect(r.create('mscript0/mscript-b', B)).to.equal('EUSERS');
    expect(r.rmmod('mscript')).to.equal(0);
    expect(r.insmod('mscript', 'use_avail=1 avail=-1 desc=1')).to.equal(0);
    expect(r.available('mscript0/mscript-a')).to.equal(-1);
    expect(r.create('mscript0/mscript-a', A)).to.equal(36);
    const type = r.type('mscript0/mscript-a');
    expect(r.read(`${type}/description`)).to.equal('scripted type mscript-a\n');
    expect(r.read(`${type}/name`)).to.equal('Type mscript-a\n');
  });

  it('mscript registers and unregisters a parent on demand', () => {
    const r = rig('mscript collide=harmless use_request=1');
    const control = '/sys/kernel/debug/mscript';
    expect(r.write(`${control}/register`, '0')).to.equal('EALREADY');
    expect(r.write(`${control}/unregister`, '0')).to.equal(1);
    expect(r.write(`${control}/unregister`, '0')).to.equal('EALREADY');
    expect(r.write(`${control}/unregister`, '1')).to.equal('EINVAL');
    expect(r.write(`${control}/unregister`, 'x')).to.equal('EINVAL');
    expect(r.write(`${control}/register`, '0')).to.equal(1);
    expect(r.create('mscript0/mscript-a', A)).to.equal(36);
    expect(r.read(`${device(A)}/harmless`)).to.equal('x\n');
  });

  it('a proprietary module gets a working mdev, and nothing else', () => {
    const r = rig();
    expect(r.insmod('mprop_gpl')).to.equal('ENOENT');
    expect(r.insmod('mprop_mdev')).to.equal(0);
    expect(r.create('mprop/misc-p', A)).to.equal(36);
    expect(r.available('mprop/misc-p')).to.equal(2);
    expect(r.read(`${r.type('mprop/misc-p')}/name`)).to.equal('proprietary type\n');
    expect(r.open('/dev/mprop')).to.be.a('number');
    expect(r.remove(A)).to.equal(1);
  });

  it('mdrv takes a device that nobody else has', () => {
    const r = new Rig('linux-5.10', 'mdev', 'mdrv', 'mdpy');
    r.create('mdpy-vga', A);
    expect(r.readlink(`${device(A)}/driver`)).to.match(/mdrv$/);
    r.events();
    expect(r.rmmod('mdrv')).to.equal(0);
    expect(r.events('log')[0]).to.equal(`<6> mdrv ${A}: md_remove`);
  });
});
