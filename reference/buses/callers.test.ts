import { expect } from 'chai';
import { Rig } from '../testing.js';

describe('phy_attach_direct', () => {
  const at = (file: string): string => `/sys/kernel/debug/libphy/${file}`;

  it('takes the PHY from the first MAC when a second one comes', () => {
    const rig = new Rig('linux-6.1', 'libphy');
    expect([rig.write(at('attach'), '1'), rig.write(at('attach'), '1')]).to.deep.equal([
      1,
      'EBUSY',
    ]);
    expect(rig.readlink('/sys/bus/mdio_bus/devices/stub:00/driver')).to.equal('ENOENT');
  });

  it('has nothing to give back that nobody took', () => {
    const rig = new Rig('linux-6.1', 'libphy');
    expect(rig.write(at('detach'), '1')).to.equal('ENODEV');
  });
});

describe('snd_sb16', () => {
  it('is told once that its card goes, by the device that is unbound first', () => {
    const rig = new Rig('linux-6.1', 'pnp', 'snd_sb16');
    rig.events();
    rig.rmmod('snd_sb16');
    expect(rig.events('callback')).to.deep.equal(['snd_sb16.remove(01:01.01)']);
  });

  it('gets no card of which somebody has a part', () => {
    const rig = new Rig('linux-6.1', 'pnp', 'snd_sb16');
    rig.write('/sys/bus/pnp/drivers/sb16/unbind', '01:01.00');
    expect(rig.list('/sys/bus/pnp/drivers/sb16')).to.include('01:01.01@');
    expect(rig.list('/sys/bus/pnp/drivers/sb16')).not.to.include('01:01.00@');
  });
});

describe('usbcore', () => {
  const at = (file: string): string => `/sys/kernel/debug/usbcore/${file}`;

  it('has room for one device', () => {
    const rig = new Rig('linux-6.1', 'usbcore');
    expect(rig.write(at('plug'), '1')).to.equal('EEXIST');
    expect([rig.write(at('unplug'), '1'), rig.write(at('plug'), '1')]).to.deep.equal([1, 1]);
  });

  it('has a claim that fails fail the probe, and nothing is left of it', () => {
    const rig = new Rig('linux-6.1', 'usbcore', 'option', 'cdc_ether');
    expect(rig.write('/sys/bus/usb/drivers/cdc_ether/bind', '1-1:1.0')).to.equal('EBUSY');
    rig.write('/sys/bus/usb/drivers/option/unbind', '1-1:1.1');
    expect(rig.write('/sys/bus/usb/drivers/cdc_ether/bind', '1-1:1.0')).to.equal(7);
  });
});

describe('a work queue', () => {
  const type = '/sys/bus/dsa/devices/wq0.0/type';

  it('is of a type that is known, and keeps it while it is in use', () => {
    const rig = new Rig('linux-6.1', 'idxd');
    expect([rig.write(type, 'mdev'), rig.write(type, 'kernel\n')]).to.deep.equal(['EINVAL', 7]);
    rig.write('/sys/bus/dsa/drivers/dsa/bind', 'dsa0');
    rig.write('/sys/bus/dsa/drivers/dsa/bind', 'wq0.0');
    expect([rig.write(type, 'user'), rig.read(type)]).to.deep.equal(['EPERM', 'kernel\n']);
  });
});
