import { expect } from 'chai';
import { Rig } from '../testing.js';

const SERIO = '/sys/bus/serio/devices/serio0';

describe('drvctl', () => {
  const drvctl = (rig: Rig, word: string) => rig.write(`${SERIO}/drvctl`, word);

  it('takes the beginning of a word for the word', () => {
    const rig = new Rig('linux-6.1', 'serio', 'atkbd');
    expect(drvctl(rig, 'no')).to.equal(2);
    expect(rig.readlink(`${SERIO}/driver`)).to.equal('ENOENT');
    expect(drvctl(rig, 're')).to.equal(2);
    expect(rig.readlink(`${SERIO}/driver`)).to.match(/atkbd$/);
  });

  it('lets go of the old driver before it asks the new one', () => {
    const rig = new Rig('linux-6.1', 'serio', 'atkbd');
    rig.events();
    drvctl(rig, 'atkbd');
    expect(rig.events('callback')).to.deep.equal([
      'atkbd.disconnect(serio0)',
      'atkbd.connect(serio0)',
    ]);
  });

  it('keeps the old driver from nothing if the new one refuses', () => {
    const rig = new Rig('linux-6.1', 'serio', 'atkbd');
    rig.write('/sys/module/atkbd/parameters/connect_ret', '-5');
    expect(drvctl(rig, 'atkbd')).to.equal('ENODEV');
    expect(rig.readlink(`${SERIO}/driver`)).to.equal('ENOENT');
  });
});

describe('bind_mode', () => {
  it('is manual or auto, of ports and of drivers', () => {
    const rig = new Rig('linux-6.1', 'serio', 'atkbd manual=1');
    const driver = '/sys/bus/serio/drivers/atkbd/bind_mode';
    expect([rig.read(`${SERIO}/bind_mode`), rig.read(driver)]).to.deep.equal([
      'auto\n',
      'manual\n',
    ]);
    expect([rig.write(driver, 'auto'), rig.write(driver, 'auto\n')]).to.deep.equal([4, 'EINVAL']);
    expect(rig.write('/sys/bus/serio/drivers_probe', 'serio0')).to.equal(6);
    expect(rig.readlink(`${SERIO}/driver`)).to.match(/atkbd$/);
  });
});

describe('a driver of ports that goes', () => {
  it('leaves its ports to those who stay', () => {
    const rig = new Rig('linux-6.1', 'gameport', 'analog');
    rig.events();
    expect(rig.rmmod('analog')).to.equal(0);
    expect(rig.events('callback', 'return').slice(0, 3)).to.deep.equal([
      'analog.disconnect(gameport0)',
      'device_release_driver_internal = void',
      '__device_attach = 0',
    ]);
    expect(rig.readlink('/sys/bus/gameport/devices/gameport0/driver')).to.equal('ENOENT');
  });
});
