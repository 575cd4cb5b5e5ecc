/** The channel subsystem as user space sees it. */
import { expect } from 'chai';
import { Rig } from '../../testing.js';

const LOSE = '/sys/kernel/debug/css/lose';
const SETTLE = '/sys/kernel/debug/css/settle';
const rig = (...modules: string[]) => new Rig('linux-6.1', 'vfio', 'mdev', ...modules);

describe('the channel subsystem', () => {
  it('has as many subchannels as it is told, in one line', () => {
    const names = rig('css subchannels=17 qdio=1').list('/sys/bus/css/devices') as string[];
    expect(names).to.have.length(18);
    expect(names.at(-1)).to.equal('0.0.0011@');
  });

  it('says what a subchannel is, in its files and its uevents', () => {
    const machine = rig('css');
    const dir = '/sys/bus/css/devices/0.0.0000';
    expect(machine.read(`${dir}/type`)).to.equal('0\n');
    expect(machine.read(`${dir}/modalias`)).to.equal('css:t0\n');
    expect(machine.read(`${dir}/uevent`)).to.equal('ST_TYPE=0\nMODALIAS=css:t0\n');
  });

  it('loses no subchannel that it does not have', () => {
    expect(rig('css').write(LOSE, '0.0.0001')).to.equal('ENODEV');
  });

  it('unregisters nothing that no driver gave up', () => {
    const machine = rig('css');
    expect([machine.write(LOSE, '0.0.0000\n'), machine.write(SETTLE, '1')]).to.deep.equal([9, 1]);
    expect(machine.list('/sys/bus/css/devices')).to.deep.equal(['0.0.0000@']);
  });

  it('unregisters a lost subchannel once, however often it is lost', () => {
    const machine = rig('css', 'vfio_ccw');
    for (let i = 0; i < 2; i++) machine.write(LOSE, '0.0.0000');
    machine.write(SETTLE, '1');
    expect(machine.list('/sys/bus/css/devices')).to.deep.equal([]);
    for (const module of ['vfio_ccw', 'css']) expect(machine.rmmod(module)).to.equal(0);
  });

  it('keeps its module while a driver needs it, and finishes its work as it goes', () => {
    const machine = rig('css', 'vfio_ccw');
    expect(machine.rmmod('css')).to.equal('EAGAIN');
    machine.write(LOSE, '0.0.0000');
    for (const module of ['vfio_ccw', 'css', 'mdev', 'vfio']) {
      expect(machine.rmmod(module), module).to.equal(0);
    }
  });

  for (const point of ['device_add', 'bus_add_device']) {
    it(`gives up what it made when ${point} fails`, () => {
      const machine = rig();
      machine.fault(point, 'ENOMEM');
      expect(machine.insmod('css', 'subchannels=2')).to.equal('ENOMEM');
      expect(machine.list('/sys/bus/css')).to.equal('ENOENT');
      expect(machine.insmod('css', 'subchannels=2')).to.equal(0);
    });
  }
});
