import { expect } from 'chai';
import { class_create } from '../kernel/class.js';
import { device_add, device_unregister } from '../kernel/core.js';
import { Device, put_device } from '../kernel/device.js';
import { Errno } from '../kernel/errno.js';
import { kobject_create_and_add } from '../kernel/kobject.js';
import { load_module } from '../kernel/loader.js';
import {
  booted,
  events,
  exists,
  made,
  names,
  profile,
  read,
  run,
  start,
  write,
} from '../kernel/testing.js';
import { msleep } from '../kernel/wait.js';
import {
  mdev_device_create,
  mdev_device_remove,
  mdev_parent,
  mdev_register_parent,
  mdev_unregister_parent,
} from './core.js';
import { mdev_register_driver, mdev_unregister_driver } from './driver.js';
import { mdev_core } from './state.js';
import { to_mdev_device, type MdevDriver, type MdevType } from './types.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000000';
const B = 'bbbbbbbb-0000-4000-8000-000000000000';
const C = 'cccccccc-0000-4000-8000-000000000000';

/** A machine with mdev loaded, and a parent "p" of the class "things" with a type or more. */
function machine(
  driver: Partial<MdevDriver> = {},
  types: readonly MdevType[] = [{ sysfs_name: 'x' }],
) {
  const k = booted();
  const mdev = profile('linux-6.1').modules.find((each) => each.name === 'mdev');
  run(k, load_module(k, mdev, ''));
  const drv: MdevDriver = {
    name: 'drv',
    owner: undefined,
    device_api: 'vfio-pci',
    max_instances: 2,
    ...driver,
  };
  expect(run(k, mdev_register_driver(k, drv))).to.equal(0);
  const dev = new Device({ name: 'p', class: made(k, class_create(k, 'things')) });
  expect(run(k, device_add(k, dev))).to.equal(0);
  const parent = mdev_parent(dev, drv, types);
  const ret = run(k, mdev_register_parent(k, parent));
  const dir = '/sys/devices/virtual/things/p';
  const create = (uuid: string, type = 'x') =>
    write(k, `${dir}/mdev_supported_types/things-${type}/create`, uuid);
  const remove = (uuid: string) => write(k, `${dir}/${uuid}/remove`, '1');
  const mdev_of = (uuid: string) => mdev_core(k).mdev_list.find((each) => each.uuid === uuid)!;
  return { k, drv, dev, parent, ret, dir, create, remove, mdev_of };
}

describe('registering a parent', () => {
  it('makes a directory for each type, links the parent and says so', () => {
    const { k, ret, dir } = machine({}, [
      { sysfs_name: 'x', pretty_name: 'Type X' },
      { sysfs_name: 'y' },
    ]);
    expect(ret).to.equal(0);
    const types = `${dir}/mdev_supported_types`;
    expect(names(k, types)).to.deep.equal(['things-x', 'things-y']);
    expect(names(k, `${types}/things-x`)!.sort()).to.deep.equal([
      'available_instances',
      'create',
      'device_api',
      'devices',
      'name',
    ]);
    expect(read(k, `${types}/things-x/name`)).to.equal('Type X\n');
    expect(read(k, `${types}/things-y/name`)).to.equal('y\n');
    expect(read(k, `${types}/things-x/device_api`)).to.equal('vfio-pci\n');
    expect(names(k, '/sys/class/mdev_bus')).to.deep.equal(['p']);
    const sent = k.takeEvents().flatMap((event) => (event.ev === 'uevent' ? [event] : []));
    expect(sent.at(-1)).to.deep.include({
      action: 'change',
      devpath: '/devices/virtual/things/p',
      env: { SUBSYSTEM: 'things', MDEV_STATE: 'registered' },
    });
  });

  it('shows a description only where the driver has one', () => {
    const { k, dir } = machine({ show_description: (_k, type) => `about ${type.sysfs_name}\n` });
    expect(read(k, `${dir}/mdev_supported_types/things-x/description`)).to.equal('about x\n');
  });

  it('needs no type', () => {
    const { k, ret, dir } = machine({}, []);
    expect([ret, names(k, `${dir}/mdev_supported_types`)]).to.deep.equal([0, []]);
  });

  it('fails for two types of one name, and leaves nothing behind', () => {
    const { k, ret, dir, dev, parent } = machine({}, [
      { sysfs_name: 'x' },
      { sysfs_name: 'y' },
      { sysfs_name: 'x' },
    ]);
    expect([ret, exists(k, `${dir}/mdev_supported_types`)]).to.deep.equal([-Errno.EEXIST, false]);
    expect(names(k, '/sys/class/mdev_bus')).to.deep.equal([]);
    expect(events(k, 'uevent').filter((each) => each.startsWith('change'))).to.deep.equal([]);
    expect(parent.types.map((type) => type.kobj!.ref.value)).to.deep.equal([0, 0, 0]);
    const before = k.live.has(dev.kobj.ref);
    run(k, device_unregister(k, dev));
    expect([before, k.live.has(dev.kobj.ref)]).to.deep.equal([true, false]);
  });

  it('fails a second time, and the first stays as it is', () => {
    const { k, drv, dev, create } = machine();
    const before = k.live.size;
    const second = mdev_parent(dev, drv, [{ sysfs_name: 'y' }]);
    expect(run(k, mdev_register_parent(k, second))).to.equal(-Errno.ENOMEM);
    expect([k.live.size, create(A)]).to.deep.equal([before, A.length]);
  });

  it('goes on without the link for compatibility', () => {
    const { k, drv } = machine();
    events(k);
    const other = new Device({ name: 'p', class: made(k, class_create(k, 'others')) });
    run(k, device_add(k, other));
    const parent = mdev_parent(other, drv, []);
    expect(run(k, mdev_register_parent(k, parent))).to.equal(0);
    expect(events(k, 'log').slice(-2)).to.deep.equal([
      '<4> others p: Failed to create compatibility class link',
      '<6> others p: MDEV: Registered',
    ]);
  });

  it('is undone by unregistering, which starts the count of instances anew', () => {
    const { k, parent, dir, dev, create } = machine();
    create(A);
    events(k);
    run(k, mdev_unregister_parent(k, parent));
    expect([exists(k, `${dir}/mdev_supported_types`), dev.children]).to.deep.equal([false, []]);
    expect(events(k, 'uevent').at(-1)).to.equal('change /devices/virtual/things/p');
    run(k, mdev_register_parent(k, parent));
    expect(read(k, `${dir}/mdev_supported_types/things-x/available_instances`)).to.equal('2\n');
  });
});

describe('unregistering a parent', () => {
  it('removes its devices, oldest first, and leaves other children alone', () => {
    const { k, parent, dev, create } = machine();
    const child = new Device({ name: 'child', parent: dev });
    create(A);
    run(k, device_add(k, child));
    create(B);
    events(k);
    run(k, mdev_unregister_parent(k, parent));
    expect(events(k, 'uevent')).to.deep.equal([
      `unbind /devices/virtual/things/p/${A}`,
      `remove /devices/virtual/things/p/${A}`,
      `unbind /devices/virtual/things/p/${B}`,
      `remove /devices/virtual/things/p/${B}`,
      'change /devices/virtual/things/p',
    ]);
    expect(dev.children).to.deep.equal([child]);
  });

  it('waits for a create under way; meanwhile no other create or remove begins', () => {
    const setUp = machine({
      *probe(k, mdev) {
        if (mdev.uuid === B) yield* msleep(k, 10);
        return 0;
      },
    });
    const { k, parent, create, remove, mdev_of } = setUp;
    create(A);
    const creator = start(k, 'creator', mdev_device_create(k, parent.types[0]!, B));
    const unregister = start(k, 'unregister', mdev_unregister_parent(k, parent));
    expect([create(C), remove(A)]).to.deep.equal([-Errno.EUSERS, -Errno.ENODEV]);
    expect(mdev_of(A)).not.to.equal(undefined);
    expect([creator.state, unregister.state]).to.deep.equal(['sleeping', 'sleeping']);
    k.sched.advance(10);
    expect([creator.result, unregister.state, mdev_core(k).mdev_list]).to.deep.equal([
      0,
      'done',
      [],
    ]);
  });

  it('makes creates fail with ENODEV, and without a trace', () => {
    const { k, parent, create } = machine({
      *remove(k) {
        yield* msleep(k, 10);
      },
    });
    create(A);
    start(k, 'unregister', mdev_unregister_parent(k, parent));
    events(k);
    expect(create(B)).to.equal(-Errno.ENODEV);
    expect([events(k, 'uevent', 'log'), parent.available_instances]).to.deep.equal([[], 1]);
  });
});

describe('creating a device', () => {
  it('adds it, binds it to the driver of its parent, links it to its type', () => {
    const { k, dir, create } = machine({
      *probe() {
        return 0;
      },
    });
    events(k);
    expect(create(`${A}\n`)).to.equal(37);
    expect(events(k, 'uevent', 'callback')).to.deep.equal([
      `add /devices/virtual/things/p/${A}`,
      `drv.probe(${A})`,
      `bind /devices/virtual/things/p/${A}`,
    ]);
    expect(names(k, `${dir}/mdev_supported_types/things-x/devices`)).to.deep.equal([A]);
    expect(exists(k, `${dir}/${A}/mdev_type`)).to.equal(true);
    expect(names(k, '/sys/bus/mdev/devices')).to.deep.equal([A]);
  });

  it('needs no probe', () => {
    const { k, create } = machine();
    expect(create(A)).to.equal(36);
    expect(events(k, 'callback')).to.deep.equal([]);
  });

  for (const data of ['', 'x', A.slice(1), `${A}\r\n`, `{${A}}`, A.replaceAll('-', '_')]) {
    it(`takes ${JSON.stringify(data)} for no uuid`, () => {
      expect(machine().create(data)).to.equal(data === '' ? 0 : -Errno.EINVAL);
    });
  }

  for (const data of [`${A}x`, A.toUpperCase(), `${A}\n`, `${A} `]) {
    it(`takes ${JSON.stringify(data)} for the uuid in it`, () => {
      const { create, mdev_of } = machine();
      expect([create(data), mdev_of(A).dev.name]).to.deep.equal([data.length, A]);
    });
  }

  it('is refused a uuid that is taken, before anything else is looked at', () => {
    const { k, create, parent } = machine();
    create(A);
    create(B);
    events(k);
    expect([create(A), create(A.toUpperCase())]).to.deep.equal([-Errno.EEXIST, -Errno.EEXIST]);
    expect([events(k, 'uevent', 'log'), parent.available_instances]).to.deep.equal([[], 0]);
  });

  it('is refused when the parent has no more instances, of any type', () => {
    const { create, remove } = machine({ max_instances: 1 }, [
      { sysfs_name: 'x' },
      { sysfs_name: 'y' },
    ]);
    create(A, 'x');
    expect(create(B, 'y')).to.equal(-Errno.EUSERS);
    remove(A);
    expect(create(B, 'y')).to.equal(36);
  });

  it('asks the driver how many there can be, and takes no answer for a limit', () => {
    const { k, dir, create } = machine({ max_instances: 0, get_available: () => 0 });
    expect(read(k, `${dir}/mdev_supported_types/things-x/available_instances`)).to.equal('0\n');
    expect([create(A), create(B)]).to.deep.equal([36, 36]);
  });

  it('shows the driver’s answer without a sign', () => {
    const { k, dir } = machine({ get_available: () => -1 });
    const file = `${dir}/mdev_supported_types/things-x/available_instances`;
    expect(read(k, file)).to.equal('4294967295\n');
  });

  it('counts instances without a sign', () => {
    const { k, dir, create, remove, parent } = machine({ max_instances: -1 });
    expect(parent.available_instances).to.equal(2 ** 32 - 1);
    const shown = () => read(k, `${dir}/mdev_supported_types/things-x/available_instances`);
    const before = shown();
    create(A);
    const during = shown();
    remove(A);
    expect([before, during, shown()]).to.deep.equal([
      '4294967295\n',
      '4294967294\n',
      '4294967295\n',
    ]);
  });

  for (const [ret, error] of [
    [-Errno.ENOSPC, -Errno.ENOSPC],
    [-Errno.EPROBE_DEFER, -Errno.EAGAIN],
    [5, -5],
  ] as const) {
    it(`fails with ${error} for a probe that returns ${ret}, and everything is free again`, () => {
      const { k, create, parent, dev } = machine({
        *probe() {
          return ret;
        },
      });
      const refs = dev.kobj.ref.value;
      events(k);
      expect(create(A)).to.equal(error);
      expect(events(k, 'uevent')).to.deep.equal([
        `add /devices/virtual/things/p/${A}`,
        `remove /devices/virtual/things/p/${A}`,
      ]);
      expect([
        parent.available_instances,
        mdev_core(k).mdev_list,
        dev.kobj.ref.value,
      ]).to.deep.equal([2, [], refs]);
    });
  }

  it('fails where the device cannot be added', () => {
    const { k, dev, create } = machine();
    run(k, device_add(k, new Device({ name: A, parent: dev })));
    expect([create(A), mdev_core(k).mdev_list]).to.deep.equal([-Errno.EEXIST, []]);
  });

  it('fails, bound and unbound, where it cannot be linked to its type', () => {
    const dev_groups = [{ attrs: [{ name: 'mdev_type', mode: 0o444 }] }];
    const { k, dir, create } = machine({ dev_groups });
    events(k);
    expect(create(A)).to.equal(-Errno.EEXIST);
    expect(events(k, 'uevent').map((each) => each.split(' ')[0])).to.deep.equal([
      'add',
      'bind',
      'unbind',
      'remove',
    ]);
    expect(names(k, `${dir}/mdev_supported_types/things-x/devices`)).to.deep.equal([]);
  });

  it('fails where its type has a device of that name already', () => {
    const { k, parent, create } = machine();
    made(k, kobject_create_and_add(k, A, parent.types[0]!.devices_kobj));
    expect([create(A), mdev_core(k).mdev_list]).to.deep.equal([-Errno.EEXIST, []]);
  });
});

describe('removing a device', () => {
  it('undoes the create, in reverse', () => {
    const { k, dir, create, remove, parent } = machine({
      *remove() {
        return;
      },
    });
    create(A);
    events(k);
    expect(remove(A)).to.equal(1);
    expect(events(k, 'uevent', 'callback')).to.deep.equal([
      `drv.remove(${A})`,
      `unbind /devices/virtual/things/p/${A}`,
      `remove /devices/virtual/things/p/${A}`,
    ]);
    expect([exists(k, `${dir}/${A}`), parent.available_instances]).to.deep.equal([false, 2]);
  });

  for (const [data, ret] of [
    ['0', 1],
    ['0x0\n', 4],
    ['', 0],
    ['x', -Errno.EINVAL],
    ['-1', -Errno.EINVAL],
    ['18446744073709551616', -Errno.EINVAL],
  ] as const) {
    it(`is not what ${JSON.stringify(data)} asks for`, () => {
      const { k, dir, create } = machine();
      create(A);
      expect(write(k, `${dir}/${A}/remove`, data)).to.equal(ret);
      expect(exists(k, `${dir}/${A}/remove`)).to.equal(true);
    });
  }

  it('is refused while the create is under way, and its file does not come back', () => {
    const { k, dir, parent, remove } = machine({
      *probe(k) {
        yield* msleep(k, 10);
        return 0;
      },
    });
    start(k, 'creator', mdev_device_create(k, parent.types[0]!, A));
    expect(remove(A)).to.equal(-Errno.EAGAIN);
    k.sched.advance(10);
    expect([exists(k, `${dir}/${A}`), remove(A)]).to.deep.equal([true, -Errno.ENOENT]);
    run(k, mdev_unregister_parent(k, parent));
    expect(exists(k, `${dir}/${A}`)).to.equal(false);
  });

  it('happens once', () => {
    const { k, create, mdev_of } = machine({
      *remove(k) {
        yield* msleep(k, 10);
      },
    });
    create(A);
    const mdev = mdev_of(A);
    const first = start(k, 'first', mdev_device_remove(k, mdev));
    expect(run(k, mdev_device_remove(k, mdev))).to.equal(-Errno.EAGAIN);
    k.sched.advance(10);
    expect(first.result).to.equal(0);
    expect(run(k, mdev_device_remove(k, mdev))).to.equal(-Errno.ENODEV);
  });

  it('keeps the uuid taken until the last reference is gone', () => {
    const { k, create, remove, mdev_of } = machine();
    create(A);
    const { dev } = mdev_of(A);
    dev.kobj.ref.get();
    remove(A);
    expect(create(A)).to.equal(-Errno.EEXIST);
    run(k, put_device(k, dev));
    expect(create(A)).to.equal(36);
  });
});

describe('an mdev driver', () => {
  it('needs a device API', () => {
    const { k } = machine();
    const drv: MdevDriver = { name: 'mute', owner: undefined, max_instances: 1 };
    expect(run(k, mdev_register_driver(k, drv))).to.equal(-Errno.EINVAL);
    expect(exists(k, '/sys/bus/mdev/drivers/mute')).to.equal(false);
  });

  it('that goes leaves its devices unbound', () => {
    const { k, drv, create, mdev_of } = machine();
    create(A);
    run(k, mdev_unregister_driver(k, drv));
    expect([mdev_of(A).dev.driver, exists(k, '/sys/bus/mdev/drivers/drv')]).to.deep.equal([
      undefined,
      false,
    ]);
  });

  it('is bound to no device but by its create', () => {
    const { k, create, mdev_of } = machine();
    create(A);
    const path = '/sys/bus/mdev/drivers/drv';
    expect([write(k, `${path}/unbind`, A), write(k, `${path}/bind`, A)]).to.deep.equal([
      36,
      -Errno.ENODEV,
    ]);
    expect(write(k, '/sys/bus/mdev/drivers_probe', A)).to.equal(36);
    expect(mdev_of(A).dev.driver).to.equal(undefined);
  });

  it('finds the mdev behind a device', () => {
    const { create, mdev_of } = machine();
    create(A);
    expect(to_mdev_device(mdev_of(A).dev)).to.equal(mdev_of(A));
  });
});

describe('the module mdev', () => {
  const mdev = profile('linux-6.1').modules.find((each) => each.name === 'mdev');

  it('fails without its bus or its class, and leaves nothing', () => {
    for (const [taken, error] of [
      ['bus', Errno.EEXIST],
      ['class', Errno.ENOMEM],
    ] as const) {
      const k = booted();
      k.sysfs.lookup(taken)!.mkdir(taken === 'bus' ? 'mdev' : 'mdev_bus');
      expect(run(k, load_module(k, mdev, ''))).to.equal(-error);
      expect(k.live.size).to.equal(0);
    }
  });
});
