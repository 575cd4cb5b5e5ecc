/** Functions that are told to fail, through the calls that reach them. */
import { expect } from 'chai';
import { error_injection_list } from './kernel/fault-inject.js';
import type { Profile } from './profile.js';
import { profiles } from './profiles.js';
import { Rig, A, B, device } from './testing.js';

const core = ['vfio', 'vfio_iommu_type1', 'mdev'];
const mtty = (profile: string) => new Rig(profile, ...core, 'mtty');

describe('faults', () => {
  it('make a function fail as often as they were told to, and say so in the trace', () => {
    const rig = mtty('linux-6.1');
    expect(rig.fault('device_add', 'EIO', 2)).to.equal(0);
    expect(rig.events()).to.deep.equal([]);
    expect(rig.create('mtty-2', A)).to.equal('EIO');
    expect(rig.events()).to.include.members([`device_add(${A}, mdev, mtty)`, 'device_add = -5']);
    expect(rig.readlink(device(A))).to.equal('ENOENT');
    expect([rig.create('mtty-2', A), rig.create('mtty-2', A)]).to.deep.equal(['EIO', 36]);
  });

  it('take the place of what was told before', () => {
    const rig = mtty('linux-6.1');
    rig.fault('device_add', 'EIO', 9);
    rig.fault('device_add', 'ENOMEM');
    expect([rig.create('mtty-2', A), rig.create('mtty-2', A)]).to.deep.equal(['ENOMEM', 36]);
  });

  for (const point of ['device_del', 'mdev_match', 'nonsense', 'toString', '']) {
    it(`are refused by ${JSON.stringify(point)}, whose callers take no errno`, () => {
      const rig = mtty('linux-6.1');
      expect(rig.fault(point, 'ENOMEM')).to.equal('EINVAL');
      expect(rig.create('mtty-2', A)).to.equal(36);
    });
  }

  it('do not outlive a reset', () => {
    const rig = new Rig('linux-6.1');
    rig.fault('driver_register', 'ENOMEM');
    rig.call({ method: 'reset', params: {} });
    for (const module of [...core, 'mtty']) expect(rig.insmod(module)).to.equal(0);
  });

  it('refuse an error that has no name', () => {
    expect(() => mtty('linux-6.1').fault('device_add', 'ENONSENSE')).to.throw('ENONSENSE');
  });

  it('show a function that no recording watches only where it fails', () => {
    const rig = mtty('linux-6.1');
    const seen = () => rig.events('call').filter((each) => each.startsWith('driver_sysfs_add'));
    rig.create('mtty-2', B);
    expect(seen()).to.deep.equal([]);
    rig.fault('driver_sysfs_add', 'ENOMEM');
    expect(rig.create('mtty-2', A)).to.equal('ENOMEM');
    expect(seen()).to.deep.equal([`driver_sysfs_add(${A}, mtty)`]);
  });

  for (const profile of ['ccw-2022', 'linux-6.1', 'linux-6.12']) {
    it(`give back what was made for a device that vfio_init_device refuses, in ${profile}`, () => {
      const rig = mtty(profile);
      rig.fault('vfio_init_device', 'ENOMEM');
      expect(rig.create('mtty-2', A)).to.equal('ENOMEM');
      expect(rig.create('mtty-2', A)).to.equal(36);
      if (profile !== 'ccw-2022')
        expect(rig.list(`${device(A)}/vfio-dev`)).to.deep.equal(['vfio0/']);
      rig.remove(A);
      for (const module of ['mtty', ...[...core].reverse()]) expect(rig.rmmod(module)).to.equal(0);
    });
  }
});

/** What a life is made of: drivers come, devices are made, opened and removed, a parent goes and comes back. */
const LIFE: readonly ((rig: Rig) => unknown)[] = [
  (rig) => rig.insmod('mtty'),
  (rig) => rig.insmod('css'),
  (rig) => rig.insmod('vfio_ccw'),
  (rig) => rig.create('mtty-2', A),
  (rig) => rig.openDevice(A),
  (rig) => rig.create('0.0.0000/vfio_ccw-io', B),
  (rig) => rig.remove(B),
  (rig) => rig.write('/sys/bus/css/drivers/vfio_ccw/unbind', '0.0.0000'),
  (rig) => rig.write('/sys/bus/css/drivers/vfio_ccw/bind', '0.0.0000'),
];

/** What is left of a life in which a function failed from some act on, once or twice. */
function leftOf(
  profile: string,
  modules: readonly string[],
  point: string,
  at: number,
  times: number,
) {
  const rig = new Rig(profile, ...modules);
  LIFE.forEach((act, index) => {
    if (index === at) rig.fault(point, 'ENOMEM', times);
    act(rig);
  });
  rig.machine.k.faults.clear();
  return rig.machine.finish();
}

describe('whatever fails, and whenever', () => {
  for (const [profile, ...modules] of [
    ['linux-5.10', ...core, 'vfio_mdev'],
    ['linux-6.0', ...core],
    ['linux-6.12', ...core],
  ] as const) {
    it(`nothing is left in the end, in ${profile}`, () => {
      for (const point of error_injection_list()) {
        for (const at of LIFE.keys()) {
          for (const times of [1, 2]) {
            const left = leftOf(profile, modules, point, at, times);
            expect(left, `${point}, ${times} times from act ${at}`).to.deep.equal([]);
          }
        }
      }
    }).timeout(60_000);
  }
});

/** What has to be loaded before a module, with what makes it do something. */
function needs(profile: Profile, name: string, before: string[] = []): string[] {
  const { modules } = profile;
  const { imports } = modules.find((each) => each.name === name)!;
  for (const symbol of imports) {
    const owner = modules.find(({ exports = [] }) => exports.some((each) => each.name === symbol));
    if (!owner || before.includes(owner.name)) continue;
    needs(profile, owner.name, before);
    before.push(owner.name);
  }
  return before;
}

describe('a module that is refused a function while it is loaded', () => {
  for (const profile of profiles.filter(({ name }) =>
    ['linux-5.10', 'series-11', 'linux-6.12'].includes(name),
  )) {
    it(`leaves nothing, in ${profile.name}`, () => {
      const drivers = profile.modules.filter(({ init }) => init).map(({ name }) => name);
      for (const module of drivers) {
        for (const point of ['device_add', 'bus_add_device', 'driver_register', 'bus_add_driver']) {
          const before = [...needs(profile, module), ...(module === 'vfio_ap' ? ['ap'] : [])];
          const rig = new Rig(profile.name, ...before);
          rig.fault(point, 'ENOMEM');
          rig.insmod(module, module === 'i915' ? 'enable_gvt=1' : '');
          rig.machine.k.faults.clear();
          expect(rig.machine.finish(), `${module}, ${point}`).to.deep.equal([]);
        }
      }
    });
  }
});
