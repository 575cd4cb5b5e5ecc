/** The end of a machine. */
import { expect } from 'chai';
import { modules } from './kernel/module.js';
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

  it('waits for drivers that take their time', () => {
    const machine = new Rig('linux-6.1', ...core, 'mscript remove_delay_ms=5000');
    machine.create('mscript0/mscript-a', A);
    expect(machine.machine.finish()).to.deep.equal([]);
  });

  it('is the fault of a task that never ends', () => {
    const machine = rig();
    modules(machine.machine.k).loaded.get('mtty')!.kobj!.ref.get();
    machine.start('unloader', 'rmmod', { module: 'mtty' });
    expect(machine.machine.finish()).to.deep.equal([
      'HUNG_TASK: task "unloader" sleeps and nothing will wake it',
    ]);
  });

  it('is the fault of a wait that goes on for ever', () => {
    const machine = rig();
    machine.create('mtty-2', A);
    machine.openDevice(A);
    machine.startRemove('remover', A);
    vfio(machine.machine.k).group_list[0]!.device_list[0]!.refcount!.get();
    expect(machine.machine.finish().join()).to.match(/^HUNG_TASK: task "\w+" sleeps/);
  });

  it('names a module that is pinned, and not what comes of that', () => {
    const machine = rig();
    modules(machine.machine.k).loaded.get('mdev')!.refcnt++;
    expect(machine.machine.finish()).to.deep.equal(['module mdev (1)']);
  });

  it('names a file and a number that somebody forgot', () => {
    const machine = rig();
    const { k } = machine.machine;
    k.devtmpfs.mkdir('forgotten');
    vfio(k).group_ida.alloc();
    expect(machine.machine.finish()).to.deep.equal(['/dev/forgotten', 'the number of a group']);
  });

  it('names an object that somebody forgot, and not what comes of that', () => {
    const machine = rig();
    const { k } = machine.machine;
    k.live.set({ value: 2 } as never, { name: 'forgotten' });
    k.devtmpfs.mkdir('forgotten');
    expect(machine.machine.finish()).to.deep.equal(['forgotten (2)']);
  });

  it('names what is in a list, and how much', () => {
    const machine = rig();
    vfio(machine.machine.k).group_list.push({} as never, {} as never);
    expect(machine.machine.finish()).to.deep.equal(['VFIO groups: 2']);
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
    expect(machine.machine.finish().join()).to.match(/^REFCOUNT: /);
  });

  it('leaves a machine that can be reset', () => {
    const machine = rig();
    machine.machine.finish();
    machine.call({ method: 'reset', params: {} });
    for (const module of [...core, 'mtty']) expect(machine.insmod(module)).to.equal(0);
    expect(machine.create('mtty-2', A)).to.equal(36);
  });
});
