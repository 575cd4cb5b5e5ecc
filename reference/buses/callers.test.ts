import { expect } from 'chai';
import type { KernfsNode } from '../kernel/kernfs.js';
import { lookup } from '../kernel/namei.js';
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
});

describe('usbcore', () => {
  const at = (file: string): string => `/sys/kernel/debug/usbcore/${file}`;

  it('has room for one device', () => {
    const rig = new Rig('linux-6.1', 'usbcore');
    expect(rig.write(at('plug'), '1')).to.equal('EEXIST');
    expect([rig.write(at('unplug'), '1'), rig.write(at('plug'), '1')]).to.deep.equal([1, 1]);
  });

  it('has a claim that cannot be linked forget the driver', () => {
    const rig = new Rig('linux-6.1', 'usbcore');
    rig.write('/sys/bus/usb/drivers_autoprobe', '0');
    rig.insmod('cdc_ether');
    const { k } = rig.machine;
    const dir = lookup(k, '/sys/bus/usb/drivers/cdc_ether') as KernfsNode;
    dir.symlink('1-1:1.1', dir);
    expect(rig.write('/sys/bus/usb/drivers/cdc_ether/bind', '1-1:1.0')).to.equal('EEXIST');
    expect(rig.read('/sys/bus/usb/devices/1-1:1.1/uevent')).to.equal('');
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
    const rig = new Rig('linux-6.1', 'idxd_bus');
    expect([rig.write(type, 'mdev'), rig.write(type, 'kernel\n')]).to.deep.equal(['EINVAL', 7]);
    rig.write('/sys/bus/dsa/drivers/dsa/bind', 'dsa0');
    rig.write('/sys/bus/dsa/drivers/dsa/bind', 'wq0.0');
    expect([rig.write(type, 'user'), rig.read(type)]).to.deep.equal(['EPERM', 'kernel\n']);
  });
});
