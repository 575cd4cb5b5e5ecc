/** The end of a machine. */
import { expect } from 'chai';
import { modules } from './kernel/module.js';
import { expectBug } from './kernel/testing.js';
import { profiles } from './profiles.js';
import { A, B, device, Rig } from './testing.js';
import { vfio } from './vfio/state.js';

const core = ['vfio', 'vfio_iommu_type1', 'mdev'];
const rig = (...more: string[]) => new Rig('linux-6.1', ...core, 'mtty', ...more);

describe('the end of a machine', () => {
  for (const { name } of profiles) {
    it(`leaves nothing, whatever was open, held, under way and loaded, in ${name}`, () => {
      const shim = profiles.find((each) => each.name === name)!.modules;
      const more = shim.some((each) => each.name === 'vfio_mdev') ? ['vfio_mdev'] : [];
      const machine = new Rig(name, ...core, ...more, 'mtty');
      machine.create('mtty-2', A);
      machine.create('mtty-2', B);
      machine.openDevice(A);
      machine.open('/sys/module/mtty/refcnt', 'O_RDONLY');
      for (const object of [
        device(A),
        device(A),
        `vfio_device:${B}`,
        'module:vfio',
        '/sys/module/mtty',
      ]) {
        machine.hold(object);
      }
      machine.startRemove('remover', A);
      expect(machine.state('remover')).to.equal('blocked');
      expect(machine.machine.finish()).to.deep.equal([]);
    });
  }

  it('waits for whoever sleeps', () => {
    const machine = new Rig('linux-6.1', ...core, 'mscript probe_delay_ms=5000');
    const path = `${machine.type('mscript0/mscript-a')}/create`;
    machine.start('creator', 'write', { path, data: A });
    expect(machine.machine.finish()).to.deep.equal([]);
  });

  it('is the fault of a task that never ends', () => {
    const machine = rig();
    machine.create('mtty-2', A);
    machine.openDevice(A);
    machine.startRemove('remover', A);
    const { k } = machine.machine;
    vfio(k).group_list[0]!.device_list[0]!.refcount!.get();
    // Somebody asks every ten seconds, for ever.
    expectBug('HUNG_TASK', () => machine.machine.finish());
  });

  it('names a module that is pinned, and not what comes of that', () => {
    const machine = rig();
    modules(machine.machine.k).loaded.get('mdev')!.refcnt++;
    expect(machine.machine.finish()).to.deep.equal(['module mdev (1)']);
  });

  it('names an object that somebody forgot, a file, a number', () => {
    const machine = rig();
    const { k } = machine.machine;
    machine.create('mtty-2', A);
    k.live.set({ value: 2 } as never, { name: 'forgotten' });
    k.devtmpfs.mkdir('forgotten');
    vfio(k).group_ida.alloc();
    expect(machine.machine.finish()).to.deep.equal([
      '/dev/forgotten',
      'forgotten (2)',
      'the number of a group',
    ]);
  });

  it('names a fault that never came', () => {
    const machine = rig();
    machine.fault('device_add', 'ENOMEM', 2);
    machine.create('mtty-2', A);
    expect(machine.machine.finish()).to.deep.equal(['a fault of device_add that never came']);
  });

  it('names what an era loses', () => {
    const machine = new Rig('ccw-2022', ...core, 'css', 'vfio_ccw');
    machine.fault('vfio_init_device', 'ENOMEM');
    machine.create('0.0.0000/vfio_ccw-io', A);
    expect(machine.machine.finish()).to.deep.equal(['the count of a device of 0.0.0000']);
  });

  it('catches the model at what it catches itself at any time', () => {
    const machine = rig();
    machine.create('mtty-2', A);
    vfio(machine.machine.k).group_list[0]!.device_list[0]!.refcount!.put();
    expectBug('REFCOUNT', () => machine.machine.finish());
  });

  it('leaves a machine that can be reset', () => {
    const machine = rig();
    machine.machine.finish();
    machine.call({ method: 'reset', params: {} });
    for (const module of [...core, 'mtty']) expect(machine.insmod(module)).to.equal(0);
    expect(machine.create('mtty-2', A)).to.equal(36);
  });
});
