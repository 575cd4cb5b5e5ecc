import { expect } from 'chai';
import { profiles } from '../profiles.js';
import { Rig } from '../testing.js';

const BUS = '/sys/bus/platform';
const DEVICE = '/sys/devices/platform/device.0';

class Platform extends Rig {
  constructor(reading: string, profile = 'linux-6.1', ...modules: string[]) {
    super(profile, `platform reading=${reading}`, ...modules);
  }
  plug(name = 'device.0') {
    return this.write('/sys/kernel/debug/platform/add', name);
  }
  unplug(name: string) {
    return this.write('/sys/kernel/debug/platform/remove', name);
  }
  on(driver: string, file: string, data: string) {
    return this.write(`${BUS}/drivers/${driver}/${file}`, data);
  }
  driver() {
    const link = this.readlink(`${DEVICE}/driver`) as string;
    return link === 'ENOENT' ? undefined : link.split('/').at(-1);
  }
}

/** What is to be seen of a driver and a device with these flags: matched or not, attached, bound by hand. */
const TABLE: readonly [
  string,
  R: boolean,
  D: boolean,
  match: boolean,
  attach: boolean,
  bind: boolean,
][] = [
  ['drafted', false, false, true, true, true],
  ['drafted', false, false, false, false, false],
  ['drafted', true, false, true, true, true],
  ['drafted', true, false, false, true, false],
  ['corrected', false, false, true, true, true],
  ['corrected', false, false, false, false, false],
  ['corrected', true, false, true, false, true],
  ['corrected', true, false, false, false, false],
  ['corrected', false, true, true, false, true],
  ['corrected', true, true, true, false, true],
  ['corrected', true, true, false, false, false],
  ['walkthrough', false, false, true, true, true],
  ['walkthrough', true, false, true, false, false],
  ['walkthrough', true, true, true, false, true],
  ['walkthrough', true, true, false, false, true],
  ['walkthrough', false, true, true, false, true],
  ['walkthrough', false, true, false, false, false],
];

describe('readings of the proposal of 2013', () => {
  for (const [reading, R, D, match, attach, bind] of TABLE) {
    it(`${reading}: driver ${R}, device ${D}, match ${match}: attach ${attach}, bind ${bind}`, () => {
      const rig = new Platform(reading, 'linux-6.1');
      rig.plug();
      if (D) expect(rig.write(`${DEVICE}/explicit_bind_only`, '1')).to.equal(1);
      rig.insmod('vfio_platform', `match_any=${Number(match)} explicit_bind_only=${Number(R)}`);
      expect(rig.driver(), 'attach').to.equal(attach ? 'vfio-platform' : undefined);
      if (attach) rig.on('vfio-platform', 'unbind', 'device.0');
      expect(rig.on('vfio-platform', 'bind', 'device.0'), 'bind').to.equal(bind ? 8 : 'ENODEV');
      expect(rig.driver()).to.equal(bind ? 'vfio-platform' : undefined);
    });
  }

  it('has a way back for all that it makes, in every era', () => {
    for (const { name } of profiles) {
      const rig = new Platform('corrected', name, 'driver1');
      rig.plug();
      rig.plug('other');
      expect([rig.rmmod('platform'), rig.rmmod('driver1'), rig.rmmod('platform')]).to.deep.equal([
        'EAGAIN',
        0,
        0,
      ]);
      expect(rig.list('/sys/devices/platform')).to.equal('ENOENT');
      expect(rig.list(BUS)).to.deep.equal(
        name === 'linux-5.10' ? ['devices/', 'drivers/'] : 'ENOENT',
      );
    }
  });

  it('refuses a reading that there is not, and says which there are', () => {
    const rig = new Rig('linux-6.1');
    expect(rig.insmod('platform', 'reading=constructor')).to.equal('EINVAL');
    expect(rig.events('log')).to.deep.equal([
      "<3> platform: no reading 'constructor'; there are drafted, corrected, walkthrough, driver_override",
    ]);
    expect(rig.list(BUS)).to.equal('ENOENT');
  });
});

describe('drivers of the thread', () => {
  it('learn new names, one at a time and each once', () => {
    const rig = new Platform('corrected', 'linux-6.1', 'driver1');
    rig.plug('x.0');
    expect([rig.on('driver1', 'new_id', ' '), rig.on('driver1', 'new_id', 'device')]).to.deep.equal(
      ['EINVAL', 'EEXIST'],
    );
    expect(rig.readlink('/sys/devices/platform/x.0/driver')).to.equal('ENOENT');
    expect(rig.on('driver1', 'new_id', 'x\n')).to.equal(2);
    expect(rig.readlink('/sys/devices/platform/x.0/driver')).to.match(/driver1$/);
    rig.plug('x.1');
    expect(rig.readlink('/sys/devices/platform/x.1/driver')).to.match(/driver1$/);
  });

  it('forget them when they go', () => {
    const rig = new Platform('corrected', 'linux-6.1', 'driver1');
    rig.on('driver1', 'new_id', 'x');
    rig.rmmod('driver1');
    rig.insmod('driver1');
    rig.plug('x.0');
    expect(rig.readlink('/sys/devices/platform/x.0/driver')).to.equal('ENOENT');
  });
});

describe('devices of the platform bus', () => {
  it('have names and, perhaps, numbers, once each', () => {
    const rig = new Platform('corrected');
    expect([
      rig.plug('a/b'),
      rig.plug(''),
      rig.plug('a.b'),
      rig.plug('x\n'),
      rig.plug('x'),
    ]).to.deep.equal(['EINVAL', 'EINVAL', 'EINVAL', 2, 'EEXIST']);
    expect([rig.unplug('y'), rig.unplug('x'), rig.unplug('x')]).to.deep.equal([
      'ENODEV',
      1,
      'ENODEV',
    ]);
  });

  it('take an override of less than a page, up to its first newline', () => {
    const rig = new Platform('driver_override');
    rig.plug();
    const file = `${DEVICE}/driver_override`;
    expect(rig.read(file)).to.equal('(null)\n');
    expect(rig.write(file, 'x'.repeat(4095))).to.equal('EINVAL');
    expect([rig.write(file, 'a\nb'), rig.read(file)]).to.deep.equal([3, 'a\n']);
    expect([rig.write(file, '\n'), rig.read(file)]).to.deep.equal([1, '(null)\n']);
    expect(rig.write(file, 'x'.repeat(4094))).to.equal(4094);
  });
});
