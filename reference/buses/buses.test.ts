import { expect } from 'chai';
import { Rig } from '../testing.js';
import { profiles } from '../profiles.js';

/** Each bus with its drivers, in the order of loading. */
const STACKS: readonly (readonly string[])[] = [
  ['bscript devices=2', 'bdrv1 groups=1 devm=1', 'bdrv2'],
  ['serio ports=2', 'atkbd', 'psmouse'],
  ['gameport', 'analog'],
  ['libphy', 'realtek'],
  ['platform', 'mac80211_hwsim'],
  ['pnp', 'snd_sb16'],
  ['usbcore', 'cdc_ether', 'option'],
  ['idxd_bus'],
];

const name_of = (module: string): string => module.split(' ')[0]!;
/** Without device_driver_attach there is no idxd_bus. */
const EXPORTED = profiles.map(({ name }) => name).indexOf('linux-5.14');

describe('the buses beside mdev', () => {
  for (const [era, { name, bootBuses }] of profiles.entries()) {
    it(`come and go in any order of drivers and leave nothing, as ${name}`, () => {
      for (const stack of STACKS) {
        if (stack[0] === 'idxd_bus' && era < EXPORTED) continue;
        for (const order of [[...stack].reverse(), [...stack.slice(1), stack[0]!]]) {
          const rig = new Rig(name, ...stack);
          for (const module of order) expect(rig.rmmod(name_of(module)), module).to.equal(0);
          expect(rig.list('/sys/bus')).to.deep.equal(bootBuses.map((bus) => `${bus}/`));
          expect(rig.list('/sys/module')).to.deep.equal([]);
        }
      }
    });
  }

  it('refuse a driver without them', () => {
    const rig = new Rig('linux-6.1');
    for (const stack of STACKS.filter(({ length }) => length > 1)) {
      expect(rig.insmod(name_of(stack[1]!)), stack[1]).to.equal('ENOENT');
    }
  });
});

describe('bscript', () => {
  const at = (file: string): string => `/sys/kernel/debug/bscript/${file}`;
  const rig = (...drivers: string[]) => new Rig('linux-6.1', 'bscript devices=1', ...drivers);

  it('knows neither device nor driver of other names', () => {
    const r = rig('bdrv1');
    for (const file of ['del', 'attach', 'devres', 'bind_driver', 'driver_attach']) {
      expect(r.write(at(file), 'nobody bdrv1'), file).to.equal('ENODEV');
    }
    for (const file of ['bind_driver', 'driver_attach']) {
      expect(r.write(at(file), 'dev0 nobody'), file).to.equal('ENODEV');
      expect(r.write(at(file), 'dev0'), file).to.equal('ENODEV');
    }
  });

  it('gives back a device whose name is taken', () => {
    const r = rig();
    expect(r.write(at('add'), 'dev0')).to.equal('EEXIST');
    expect(r.rmmod('bscript')).to.equal(0);
  });

  it('is not loaded if its devices cannot be', () => {
    const r = new Rig('linux-6.1');
    expect(r.insmod('bscript', 'devices=1 collide=uevent')).to.equal('EEXIST');
    expect(r.list('/sys/bus')).to.deep.equal([]);
  });
});
