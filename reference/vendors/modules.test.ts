import { expect } from 'chai';
import { A, B, C, device, eras, Rig, uuid } from '../testing.js';

const BASE = ['vfio', 'vfio_iommu_type1', 'mdev'];

/** Types, what `available_instances` says of them at first, name and description. */
const samples = {
  mtty: [
    ['mtty-1', 24, 'Single port serial', undefined],
    ['mtty-2', 12, 'Dual port serial', undefined],
  ],
  mdpy: [
    ['mdpy-vga', 4, 'mdpy-vga', 'virtual display, 640x480 framebuffer'],
    ['mdpy-xga', 4, 'mdpy-xga', 'virtual display, 1024x768 framebuffer'],
    ['mdpy-hd', 4, 'mdpy-hd', 'virtual display, 1920x1080 framebuffer'],
  ],
  mbochs: [
    ['mbochs-small', 64, 'mbochs-small', 'virtual display, 4 MB video memory'],
    ['mbochs-medium', 16, 'mbochs-medium', 'virtual display, 16 MB video memory'],
    ['mbochs-large', 4, 'mbochs-large', 'virtual display, 64 MB video memory'],
  ],
} as const;

/** The file of its devices that each driver adds. */
const vendor_files = {
  mtty: ['sample_mdev_dev', `This is MDEV ${A}\n`],
  mdpy: ['resolution', '640x480\n'],
  mbochs: ['memory', '4 MB\n'],
} as const;

for (const era of eras) {
  for (const [module, types] of Object.entries(samples) as [
    keyof typeof samples,
    (typeof samples)[keyof typeof samples],
  ][]) {
    const first = types[0][0];
    const P = `/devices/virtual/${module}/${module}`;

    describe(`${module} on ${era}`, () => {
      const loaded = () => new Rig(era, ...BASE, module);

      it('offers its types', () => {
        const rig = loaded();
        for (const [type, available, name, description] of types) {
          expect(rig.available(type)).to.equal(available);
          expect(rig.read(`${rig.type(type)}/name`)).to.equal(`${name}\n`);
          expect(rig.read(`${rig.type(type)}/device_api`)).to.equal('vfio-pci\n');
          expect(rig.read(`${rig.type(type)}/description`)).to.equal(
            description === undefined ? 'ENOENT' : `${description}\n`,
          );
        }
      });

      it('announces itself when it comes and when it goes', () => {
        const rig = new Rig(era, ...BASE);
        rig.insmod(module);
        expect(rig.events('uevent')).to.deep.equal([
          `add /bus/mdev/drivers/${module}`,
          `add /class/${module}`,
          `add ${P}`,
          `change ${P}`,
          `add /module/${module}`,
        ]);
        rig.rmmod(module);
        expect(rig.events('uevent')).to.deep.equal([
          `change ${P}`,
          `remove ${P}`,
          `remove /bus/mdev/drivers/${module}`,
          `remove /class/${module}`,
          `remove /module/${module}`,
        ]);
      });

      it('makes devices and takes them back', () => {
        const rig = loaded();
        expect(rig.create(first, A)).to.equal(36);
        expect(rig.events('uevent')).to.deep.equal([
          `add ${P}/${A}`,
          'add /devices/virtual/vfio/0',
          `add ${P}/${A}/vfio-dev/vfio0`,
          `bind ${P}/${A}`,
        ]);
        expect(rig.remove(A)).to.equal(1);
        expect(rig.events('uevent')).to.deep.equal([
          `remove ${P}/${A}/vfio-dev/vfio0`,
          'remove /devices/virtual/vfio/0',
          `unbind ${P}/${A}`,
          `remove ${P}/${A}`,
        ]);
        expect(rig.available(first)).to.equal(types[0][1]);
      });

      it('adds a file to each device', () => {
        const rig = loaded();
        rig.create(first, A);
        const [file, content] = vendor_files[module];
        expect(rig.list(`${device(A)}/vendor`)).to.deep.equal([file]);
        expect(rig.read(`${device(A)}/vendor/${file}`)).to.equal(content);
      });

      it('goes with its devices, oldest first, and leaves nothing', () => {
        const rig = loaded();
        rig.create(first, B);
        rig.create(first, A);
        rig.events();
        expect(rig.rmmod(module)).to.equal(0);
        expect(rig.events('uevent').filter((each) => each.startsWith('unbind'))).to.deep.equal([
          `unbind ${P}/${B}`,
          `unbind ${P}/${A}`,
        ]);
        for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
      });

      it('stays while a device is open', () => {
        const rig = loaded();
        rig.create(first, A);
        const fds = rig.openDevice(A);
        expect(rig.rmmod(module)).to.equal('EAGAIN');
        rig.close(fds.device);
        expect(rig.rmmod(module)).to.equal(0);
      });

      it('lets a program read, write and ask through a descriptor', () => {
        const rig = loaded();
        rig.create(first, A);
        const fd = rig.openDevice(A).device as number;
        const CONFIG = module === 'mtty' ? 7 * 2 ** 32 : 0;
        const id = rig.call({ method: 'pread', params: { fd, offset: CONFIG, count: 4 } });
        expect(id.ret).to.equal(4);
        const line = { fd, offset: CONFIG + 0x3c, hex: '0a' };
        expect(rig.call({ method: 'pwrite', params: line }).ret).to.equal(1);
        expect(rig.ioctl(fd, 'VFIO_DEVICE_GET_INFO', { hex: `14${'0'.repeat(38)}` })).to.equal(0);
        expect(rig.ioctl(fd, 'VFIO_DEVICE_PCI_HOT_RESET')).to.equal('ENOTTY');
      });

      it('needs what it imports, the core first', () => {
        const rig = new Rig(era);
        expect(rig.insmod(module)).to.equal('ENOENT');
        expect(rig.events('log').some((each) => each.includes('mdev_register_parent'))).to.equal(
          true,
        );
      });

      it('is unloaded again when its class is taken', () => {
        const rig = new Rig(era, ...BASE);
        rig.machine.k.sysfs.lookup('class')!.mkdir(module);
        expect(rig.insmod(module)).to.equal('EEXIST');
        expect(rig.list('/sys/bus/mdev/drivers')).to.deep.equal([]);
        for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
      });

      it('is unloaded again when the directory of its device is taken', () => {
        const rig = new Rig(era, ...BASE);
        rig.machine.k.sysfs.lookup('devices')!.lookup('virtual')!.mkdir(module);
        expect(rig.insmod(module)).to.equal('EEXIST');
        expect(rig.list('/sys/bus/mdev/drivers')).to.deep.equal([]);
        for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
      });

      it('is unloaded again when the directory of its driver is taken', () => {
        const rig = new Rig(era, ...BASE);
        rig.machine.k.sysfs.lookup('bus')!.lookup('mdev')!.lookup('drivers')!.mkdir(module);
        expect(rig.insmod(module)).to.equal('EEXIST');
        expect(rig.list('/sys/class')).not.to.include(`${module}/`);
        for (const each of [...BASE].reverse()) expect(rig.rmmod(each)).to.equal(0);
      });

      it('fails to register a device in a group that cannot be made, and gives all back', () => {
        const rig = loaded();
        const taken = rig.machine.k.sysfs.lookup('class')!.lookup('vfio')!.mkdir('0')!;
        expect(rig.create(first, A)).to.equal('EEXIST');
        taken.unlink();
        expect([rig.available(first), rig.create(first, A)]).to.deep.equal([types[0][1], 36]);
      });
    });
  }

  describe(`the log of the sample drivers on ${era}`, () => {
    it('has what is said of no device, and what is said of one', () => {
      const rig = new Rig(era, ...BASE, 'mtty', 'mdpy');
      rig.create('mtty-1', A);
      rig.create('mdpy-vga', B);
      const [serial, display] = [rig.openDevice(A).device, rig.openDevice(B, '1').device as number];
      rig.events();
      rig.ioctl(serial, 'VFIO_DEVICE_RESET');
      rig.call({ method: 'pread', params: { fd: display, offset: 2 ** 30, count: 1 } });
      const log = rig.events('log');
      expect(log[0]).to.equal('<6> mtty_reset: called');
      expect(log[1]).to.match(new RegExp(`^<6> mdpy ${B}: .*unhandled`));
    });
  });

  describe(`mtty’s ports on ${era}`, () => {
    it('are shared by its types, and run out with ENOSPC', () => {
      const rig = new Rig(era, ...BASE, 'mtty');
      for (let i = 0; i < 12; i++) {
        expect([rig.available('mtty-1'), rig.available('mtty-2')]).to.deep.equal([
          24 - 2 * i,
          12 - i,
        ]);
        expect(rig.create('mtty-2', uuid(String.fromCharCode(97 + i)))).to.equal(36);
      }
      expect([rig.create('mtty-1', A), rig.create('mtty-2', A)]).to.deep.equal([
        'ENOSPC',
        'ENOSPC',
      ]);
      rig.remove(uuid('a'));
      expect([
        rig.create('mtty-1', A),
        rig.create('mtty-2', B),
        rig.create('mtty-1', C),
      ]).to.deep.equal([36, 'ENOSPC', 36]);
    });
  });

  describe(`mdpy’s instances on ${era}`, () => {
    it('are as many as its parameter says, whatever the types', () => {
      const rig = new Rig(era, ...BASE, 'mdpy count=2');
      rig.create('mdpy-vga', A);
      expect(rig.available('mdpy-hd')).to.equal(1);
      rig.create('mdpy-hd', B);
      expect(rig.create('mdpy-xga', C)).to.equal('EUSERS');
      rig.remove(A);
      expect(rig.create('mdpy-xga', C)).to.equal(36);
    });

    it('can be mapped', () => {
      const rig = new Rig(era, ...BASE, 'mdpy');
      rig.create('mdpy-vga', A);
      const fd = rig.openDevice(A).device as number;
      expect(
        rig.call({ method: 'mmap', params: { fd, offset: 4096, length: 4096 } }),
      ).to.deep.equal({ ret: 0 });
    });
  });

  describe(`mbochs’ memory on ${era}`, () => {
    it('is as much as its parameter says, and runs out with ENOSPC', () => {
      const rig = new Rig(era, ...BASE, 'mbochs count=20');
      expect(rig.create('mbochs-large', A)).to.equal('ENOSPC');
      expect(rig.create('mbochs-medium', A)).to.equal(36);
      expect(
        ['small', 'medium', 'large'].map((type) => rig.available(`mbochs-${type}`)),
      ).to.deep.equal([1, 0, 0]);
      expect([rig.create('mbochs-small', B), rig.create('mbochs-small', C)]).to.deep.equal([
        36,
        'ENOSPC',
      ]);
      rig.remove(A);
      expect(rig.available('mbochs-small')).to.equal(4);
    });

    it('can be mapped, and is forgotten with the last descriptor', () => {
      const rig = new Rig(era, ...BASE, 'mbochs');
      rig.create('mbochs-small', A);
      const fds = rig.openDevice(A);
      const mmap = { fd: fds.device as number, offset: 2 ** 20, length: 4096 };
      rig.call({ method: 'mmap', params: mmap });
      rig.events();
      rig.close(fds.device);
      expect(rig.events('callback')).to.deep.equal([`mbochs.close_device(${A})`]);
    });
  });

  describe(`mprop_mdev on ${era}`, () => {
    const loaded = () => new Rig(era, 'mdev', 'mprop_mdev');
    const P = '/devices/virtual/misc/mprop';

    it('makes devices without VFIO, though it is proprietary', () => {
      const rig = loaded();
      expect(rig.create('mprop/misc-p', A)).to.equal(36);
      expect(rig.events('uevent', 'log')).to.deep.equal([
        `add ${P}/${A}`,
        '<6> mprop_mdev: probe',
        `bind ${P}/${A}`,
      ]);
      rig.remove(A);
      expect(rig.events('uevent', 'log')).to.deep.equal([
        '<6> mprop_mdev: remove',
        `unbind ${P}/${A}`,
        `remove ${P}/${A}`,
      ]);
    });

    it('has a node that opens, and does nothing', () => {
      const rig = loaded();
      const fd = rig.open('/dev/mprop');
      expect(rig.ioctl(fd, '0x1')).to.equal('ENOTTY');
      expect(rig.rmmod('mprop_mdev')).to.equal('EAGAIN');
      rig.close(fd);
      expect([rig.rmmod('mprop_mdev'), rig.rmmod('mdev')]).to.deep.equal([0, 0]);
    });

    for (const [title, path] of [
      ['node', 'devices/virtual/misc/mprop'],
      ['driver', 'bus/mdev/drivers/mprop_mdev'],
    ] as const) {
      it(`is unloaded again when the name of its ${title} is taken`, () => {
        const rig = new Rig(era, 'mdev');
        const parts = path.split('/');
        let dir = rig.machine.k.sysfs;
        for (const part of parts.slice(0, -1)) dir = dir.lookup(part)!;
        dir.mkdir(parts.at(-1)!);
        expect(rig.insmod('mprop_mdev')).to.equal('EEXIST');
        expect([rig.list('/dev'), rig.rmmod('mdev')]).to.deep.equal([[], 0]);
      });
    }
  });
}
