import { expect } from 'chai';
import { A, B, C, device, Rig } from '../testing.js';

const CORE = ['vfio', 'vfio_iommu_type1', 'mdev', 'vfio_mdev'];
const SCRIPT = '/sys/kernel/debug/mscript';
const set = (rig: Rig, name: string, value: string) =>
  rig.write(`/sys/module/mscript/parameters/${name}`, value);
const TYPE = 'mscript0/mscript-a';

describe('the era of mdev_parent_ops', () => {
  const rig = (...modules: string[]) => new Rig('linux-5.10', ...CORE, ...modules);

  describe('a parent', () => {
    it('makes /sys/class/mdev_bus when it is the first, even one that fails; the module takes it', () => {
      const r = new Rig('linux-5.10', 'mdev');
      expect(r.list('/sys/class/mdev_bus')).to.equal('ENOENT');
      expect(r.insmod('mscript', 'dup_type=1')).to.equal('EEXIST');
      expect(r.list('/sys/class/mdev_bus')).to.deep.equal([]);
      expect(r.insmod('mscript')).to.equal(0);
      expect(r.list('/sys/class/mdev_bus')).to.deep.equal(['mscript0@']);
      expect(r.rmmod('mscript')).to.equal(0);
      expect(r.list('/sys/class/mdev_bus')).to.deep.equal([]);
      expect(r.rmmod('mdev')).to.equal(0);
      expect(r.list('/sys/class/mdev_bus')).to.equal('ENOENT');
    });

    for (const missing of ['create', 'remove', 'types']) {
      it(`needs ${missing}`, () => {
        const r = rig();
        expect(r.insmod('mscript', `no_${missing}=1`)).to.equal('EINVAL');
        expect(r.list('/sys/class/mdev_bus')).to.equal('ENOENT');
      });
    }

    it('can have no types, but none without a name', () => {
      const r = rig();
      expect(r.insmod('mscript', 'noname_type=1')).to.equal('EINVAL');
      expect(r.events('log')).to.include('<3> add_mdev_supported_type: Type name empty!');
      expect(r.insmod('mscript', 'nr_types=0')).to.equal(0);
    });

    it('is registered once', () => {
      const r = rig('mscript');
      expect(r.write(`${SCRIPT}/reregister`, '0')).to.equal('EEXIST');
      expect(r.events('log')).to.deep.equal([]);
      expect(r.rmmod('mscript')).to.equal(0);
    });

    it('loses its types last first', () => {
      const r = rig('mscript nr_types=2');
      r.rmmod('mscript');
      const gone = r.events('sysfs').filter((line) => /mscript-[ab]$/.test(line));
      expect(gone.map((line) => line.at(-1))).to.deep.equal(['b', 'a']);
    });

    it('has attributes of its own while it is one', () => {
      const r = rig('mtty');
      const file = '/sys/devices/virtual/mtty/mtty/mtty_dev/sample_mtty_dev';
      expect(r.read(file)).to.equal('This is phy device\n');
    });

    it('that leaves takes its devices along, oldest first; each driver answers after the device is gone', () => {
      const r = rig('mscript');
      for (const id of [A, B]) expect(r.create(TYPE, id)).to.equal(36);
      r.events();
      expect(r.write(`${SCRIPT}/unregister`, '0')).to.equal(1);
      const order = r.events('uevent', 'callback').filter((line) => /remove/.test(line));
      const of = (id: string) => [
        `remove /devices/virtual/mscript/mscript0/${id}`,
        `mscript.remove(${id})`,
      ];
      expect(order.filter((line) => !/vfio/.test(line))).to.deep.equal([...of(A), ...of(B)]);
    });
  });

  describe('create', () => {
    it('asks the driver before anything is seen', () => {
      const r = rig('mscript');
      expect(set(r, 'create_ret', '-28')).to.equal(3);
      r.events();
      expect(r.create(TYPE, A)).to.equal('ENOSPC');
      expect(r.events('uevent', 'sysfs')).to.deep.equal([]);
      set(r, 'create_ret', '0');
      expect(r.create(TYPE, A)).to.equal(36);
    });

    it('gives back what the driver says, also when it is positive', () => {
      const r = rig('mscript');
      set(r, 'create_ret', '5');
      expect(r.create(TYPE, A)).to.equal(5);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      set(r, 'create_ret', '-517');
      expect(r.create(TYPE, A)).to.equal('EPROBE_DEFER');
    });

    it('succeeds whether or not anybody binds the device', () => {
      const r = new Rig('linux-5.10', 'mdev', 'mdpy');
      expect(r.create('mdpy-vga', A)).to.equal(36);
      expect(r.list(device(A)))
        .to.include('remove')
        .and.not.include('driver@');
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal([]);
    });

    it('succeeds when the probe fails', () => {
      const r = new Rig('linux-5.10', 'mdev', 'mdrv probe_ret=-16', 'mdpy');
      expect(r.create('mdpy-vga', A)).to.equal(36);
      expect(r.events('log')).to.include(`<4> mdrv: probe of ${A} failed with error -16`);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal([]);
    });

    for (const name of ['uevent', 'subsystem', 'power']) {
      it(`lets the driver remove a device that collides in ${name}`, () => {
        const r = rig(`mscript collide=${name}`);
        expect(r.create(TYPE, A)).to.equal('EEXIST');
        expect(r.events('uevent', 'callback')).to.deep.equal([
          `mscript.create(mscript-a, ${A})`,
          `remove /devices/virtual/mscript/mscript0/${A}`,
          `mscript.remove(${A})`,
        ]);
        expect(r.available(TYPE)).to.equal(2);
      });
    }

    for (const name of ['mdev_type', 'remove']) {
      it(`unbinds and removes a device that collides in ${name}`, () => {
        const r = rig(`mscript collide=${name}`);
        expect(r.create(TYPE, A)).to.equal('EEXIST');
        const order = r.events('uevent', 'callback').filter((line) => !/vfio/.test(line));
        const path = `/devices/virtual/mscript/mscript0/${A}`;
        expect(order).to.deep.equal([
          `mscript.create(mscript-a, ${A})`,
          `add ${path}`,
          `bind ${path}`,
          `unbind ${path}`,
          `remove ${path}`,
          `mscript.remove(${A})`,
        ]);
      });
    }

    it('is seen by nobody while the driver sleeps, but keeps the uuid', () => {
      const r = rig('mscript');
      set(r, 'create_delay_ms', '1000');
      r.start('creator', 'write', { path: `${r.type(TYPE)}/create`, data: A });
      expect(r.state('creator')).to.equal('blocked');
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      expect(r.create(TYPE, A)).to.equal('EEXIST');
      r.advance(1000);
      expect(r.join('creator')).to.equal(36);
    });

    it('is refused at once while the parent waits to leave', () => {
      const r = rig('mscript max_inst=5');
      set(r, 'create_delay_ms', '1000');
      r.start('creator', 'write', { path: `${r.type(TYPE)}/create`, data: A });
      r.start('leaver', 'write', { path: `${SCRIPT}/unregister`, data: '0' });
      expect(r.create(TYPE, B)).to.equal('ENODEV');
      r.advance(1000);
      expect(r.join('creator')).to.equal(36);
      expect(r.join('leaver')).to.equal(1);
      expect(r.rmmod('mscript')).to.equal(0);
    });
  });

  describe('remove', () => {
    it('happens although the driver refuses, who keeps its resources', () => {
      const r = rig('mscript');
      r.create(TYPE, A);
      set(r, 'remove_ret', '-16');
      r.events();
      expect(r.remove(A)).to.equal(1);
      expect(r.events('log')).to.include(`<3> mdev ${A}: Remove failed: err=-16`);
      expect(r.list('/sys/bus/mdev/devices')).to.deep.equal([]);
      expect(r.available(TYPE)).to.equal(1);
    });

    it('leaves nothing but the uuid while the driver sleeps', () => {
      const r = rig('mscript');
      r.create(TYPE, A);
      set(r, 'remove_delay_ms', '1000');
      r.startRemove('remover', A);
      expect(r.list('/sys/kernel/iommu_groups')).to.deep.equal([]);
      expect(r.list('/sys/devices/virtual/mscript/mscript0')).to.not.include(`${A}/`);
      expect(r.create(TYPE, A)).to.equal('EEXIST');
      r.advance(1000);
      expect(r.join('remover')).to.equal(1);
    });
  });

  describe('the shim', () => {
    it('takes waiting devices in the order of creation, and lets go of them in the opposite one', () => {
      const r = new Rig('linux-5.10', 'vfio', 'mdev', 'mdpy');
      for (const id of [A, B, C]) r.create('mdpy-vga', id);
      r.events();
      expect(r.insmod('vfio_mdev')).to.equal(0);
      const of = (action: string) =>
        r
          .events('uevent')
          .filter((line) => line.startsWith(`${action} `))
          .map((line) => line.split('/').at(-1));
      expect(of('bind')).to.deep.equal([A, B, C]);
      expect(r.rmmod('vfio_mdev')).to.equal(0);
      expect(of('unbind')).to.deep.equal([C, B, A]);
      expect(r.list('/sys/bus/mdev/devices')).to.have.length(3);
    });

    it('needs mdev and vfio', () => {
      const r = new Rig('linux-5.10', 'mdev');
      expect(r.insmod('vfio_mdev')).to.equal('ENOENT');
      expect(r.events('log')).to.have.length(2);
    });

    it('leaves a device to the driver that was there first', () => {
      const r = rig('mdrv', 'mdpy');
      r.create('mdpy-vga', A);
      expect(r.readlink(`${device(A)}/driver`)).to.match(/vfio_mdev$/);
    });

    it('is pinned by each descriptor, which the driver of the parent is not', () => {
      const r = rig('mscript');
      r.create(TYPE, A);
      const { group } = r.openDevice(A);
      r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A);
      expect(r.read('/sys/module/vfio_mdev/refcnt')).to.equal('2\n');
      expect(r.read('/sys/module/mscript/refcnt')).to.equal('0\n');
      expect(r.rmmod('vfio_mdev')).to.equal('EAGAIN');
    });

    it('hands on what the driver says, and refuses where it says nothing', () => {
      const r = rig('mscript');
      r.create(TYPE, A);
      set(r, 'open_ret', '-5');
      const { group, container, device: fd } = r.openDevice(A);
      expect(fd).to.equal('EIO');
      expect(r.read('/sys/module/vfio_mdev/refcnt')).to.equal('0\n');
      set(r, 'open_ret', '0');
      const opened = r.ioctl(group, 'VFIO_GROUP_GET_DEVICE_FD', A);
      expect(r.ioctl(opened, 'VFIO_DEVICE_GET_INFO', { hex: '00' })).to.equal('ENOTTY');
      const call = (method: 'pread' | 'mmap') =>
        method === 'pread'
          ? r.call({ method, params: { fd: opened as number, offset: 0, count: 4 } })
          : r.call({ method, params: { fd: opened as number, offset: 0, length: 4096 } });
      expect(call('pread').errno).to.equal('EINVAL');
      expect(call('mmap').errno).to.equal('EINVAL');
      const pwrite = { fd: opened as number, offset: 0, hex: '00' };
      expect(r.call({ method: 'pwrite', params: pwrite }).errno).to.equal('EINVAL');
      for (const each of [opened, group, container]) r.close(each);
    });

    it('refuses to open where the driver cannot', () => {
      const r = rig('mscript no_open=1');
      r.create(TYPE, A);
      expect(r.openDevice(A).device).to.equal('EINVAL');
    });

    it('closes where the driver has nothing to say', () => {
      const r = rig('mscript no_release=1');
      r.create(TYPE, A);
      const opened = r.openDevice(A);
      for (const fd of [opened.device, opened.group, opened.container]) r.close(fd);
      expect(r.remove(A)).to.equal(1);
    });
  });

  it('leaves nothing behind', () => {
    const r = rig('mtty', 'mdpy', 'mbochs', 'mscript', 'mdrv');
    for (const [type, id] of [
      ['mtty-1', A],
      ['mdpy-vga', B],
      ['mbochs-small', C],
    ] as const) {
      expect(r.create(type, id)).to.equal(36);
    }
    const all = ['mtty', 'mdpy', 'mbochs', 'mscript', 'mdrv', ...[...CORE].reverse()];
    const order = all.filter((name) => name !== 'vfio').concat('vfio');
    for (const name of order) expect(r.rmmod(name), name).to.equal(0);
  });
});
