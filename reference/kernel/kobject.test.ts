import { expect } from 'chai';
import { Errno } from './errno.js';
import {
  Kobject,
  kobject_add,
  kobject_create_and_add,
  kobject_del,
  kobject_get,
  kobject_has_children,
  kobject_put,
  Kset,
  kset_create_and_add,
  kset_register,
  kset_unregister,
  type KobjType,
} from './kobject.js';
import type { Attribute } from './sysfs.js';
import { atomic, booted, events, exists, expectBug, made, names, run } from './testing.js';
import { kobject_get_path, kobject_uevent } from './uevent.js';

const plain: KobjType = { name: 'plain' };
const attr = (name: string): Attribute => ({ name, mode: 0o444 });

/** Objects whose releases are noted. */
function released() {
  const order: string[] = [];
  const ktype: KobjType = {
    name: 'noted',
    *release(_k, kobj) {
      order.push(kobj.name);
    },
  };
  return { order, kobj: (name: string) => new Kobject(name, ktype) };
}

describe('kobject', () => {
  it('has a directory from its add to its del', () => {
    const k = booted();
    const kobj = new Kobject('a', plain);
    expect(run(k, kobject_add(k, kobj))).to.equal(0);
    expect(exists(k, '/sys/a')).to.equal(true);
    run(k, kobject_del(k, kobj));
    expect(exists(k, '/sys/a')).to.equal(false);
    expect(events(k)).to.deep.equal(['+ /sys/a', '- /sys/a']);
    run(k, kobject_put(k, kobj));
  });

  it('is below its parent, else below the head of its kset', () => {
    const k = booted();
    const kset = made(k, kset_create_and_add(k, 'set', {}, undefined));
    const [a, b] = [new Kobject('a', plain), new Kobject('b', plain)];
    a.kset = b.kset = kset;
    run(k, kobject_add(k, a));
    run(k, kobject_add(k, b, a));
    expect(kobject_get_path(b)).to.equal('/set/a/b');
    expect([kobject_has_children(a), kobject_has_children(b)]).to.deep.equal([true, false]);
  });

  it('leaves sysfs and is released with its last reference', () => {
    const k = booted();
    const { order, kobj } = released();
    const a = kobj('a');
    run(k, kobject_add(k, a));
    kobject_get(a);
    run(k, kobject_put(k, a));
    expect([order, exists(k, '/sys/a')]).to.deep.equal([[], true]);
    run(k, kobject_put(k, a));
    expect([order, exists(k, '/sys/a')]).to.deep.equal([['a'], false]);
  });

  it('keeps its parent, which is released behind it', () => {
    const k = booted();
    const { order, kobj } = released();
    const [parent, child] = [kobj('parent'), kobj('child')];
    run(k, kobject_add(k, parent));
    run(k, kobject_add(k, child, parent));
    run(k, kobject_put(k, parent));
    expect(order).to.deep.equal([]);
    run(k, kobject_put(k, child));
    expect(order).to.deep.equal(['child', 'parent']);
  });

  it('lets go of its parent with its del', () => {
    const k = booted();
    const { order, kobj } = released();
    const [parent, child] = [kobj('parent'), kobj('child')];
    run(k, kobject_add(k, parent));
    run(k, kobject_add(k, child, parent));
    run(k, kobject_put(k, parent));
    run(k, kobject_del(k, child));
    expect(order).to.deep.equal(['parent']);
    run(k, kobject_put(k, child));
    expect(order).to.deep.equal(['parent', 'child']);
  });

  it('must not be used once it is released', () => {
    const k = booted();
    const kobj = new Kobject('a', plain);
    run(k, kobject_put(k, kobj));
    expectBug('USE_AFTER_FREE', () => kobject_get(kobj));
    expectBug('REFCOUNT', () => {
      run(k, kobject_put(k, kobj));
    });
  });

  it('has the attributes of its kind', () => {
    const k = booted();
    const kobj = new Kobject('a', { name: 'k', default_groups: [{ attrs: [attr('x')] }] });
    run(k, kobject_add(k, kobj));
    expect(names(k, '/sys/a')).to.deep.equal(['x']);
  });

  for (const [profile, prefix] of [
    ['linux-6.1', ''],
    ['linux-6.12', 'kobject: '],
  ] as const) {
    it(`is refused a name that is taken, and ${profile} says so`, () => {
      const k = booted(profile);
      const first = made(k, kobject_create_and_add(k, 'a'));
      const child = made(k, kobject_create_and_add(k, 'b', first));
      events(k);
      expect(run(k, kobject_create_and_add(k, 'b', first))).to.equal(-Errno.EEXIST);
      expect(events(k)).to.deep.equal([
        "<4> sysfs: cannot create duplicate filename '/a/b'",
        `<3> ${prefix}kobject_add_internal failed for b with -EEXIST, don't try to register things with the same name in the same directory.`,
      ]);
      expect(first.ref.value).to.equal(2);
      run(k, kobject_put(k, child));
      expect(first.ref.value).to.equal(1);
    });
  }

  it('is refused a directory below one that is gone', () => {
    const k = booted();
    const parent = made(k, kobject_create_and_add(k, 'parent'));
    run(k, kobject_del(k, parent));
    events(k);
    expect(run(k, kobject_create_and_add(k, 'a', parent))).to.equal(-Errno.ENOENT);
    expect(events(k)).to.deep.equal([
      '<3> kobject_add_internal failed for a (error: -2 parent: parent)',
    ]);
  });

  it('leaves nothing behind where its attributes cannot be made', () => {
    const k = booted();
    const kobj = new Kobject('a', {
      name: 'k',
      default_groups: [{ attrs: [attr('x'), attr('x')] }],
    });
    expect(run(k, kobject_add(k, kobj))).to.equal(-Errno.EEXIST);
    expect(exists(k, '/sys/a')).to.equal(false);
    run(k, kobject_put(k, kobj));
    expect(k.live.size).to.equal(0);
  });

  for (const [what, make] of [
    ['directory', kobject_create_and_add],
    ['set', (k, name) => kset_create_and_add(k, name, {}, undefined)],
  ] as const satisfies [string, (k: ReturnType<typeof booted>, name: string) => unknown][]) {
    it(`is gone again when a ${what} could not be made`, () => {
      const k = booted();
      k.sysfs.mkdir('a');
      expect(run<unknown>(k, make(k, 'a'))).to.equal(-Errno.EEXIST);
      expect(k.live.size).to.equal(0);
    });
  }
});

describe('kobject uevents', () => {
  const member = () => {
    const k = booted();
    const kset = made(k, kset_create_and_add(k, 'set', {}, undefined));
    const kobj = new Kobject('a', plain);
    kobj.kset = kset;
    run(k, kobject_add(k, kobj));
    const uevent = (action: 'add' | 'remove' | 'change') =>
      atomic(k, () => kobject_uevent(k, kobj, action));
    events(k);
    return { k, kobj, uevent };
  };

  it('say "remove" by themselves for an object that said "add" and goes without', () => {
    const { k, kobj, uevent } = member();
    uevent('add');
    run(k, kobject_put(k, kobj));
    expect(events(k)).to.deep.equal(['add /set/a', 'remove /set/a', '- /sys/set/a']);
  });

  it('say "remove" once', () => {
    const { k, kobj, uevent } = member();
    uevent('add');
    uevent('remove');
    run(k, kobject_put(k, kobj));
    expect(events(k, 'uevent')).to.deep.equal(['add /set/a', 'remove /set/a']);
  });

  it('say nothing for an object that never said "add"', () => {
    const { k, kobj, uevent } = member();
    uevent('change');
    run(k, kobject_put(k, kobj));
    expect(events(k, 'uevent')).to.deep.equal(['change /set/a']);
  });
});

describe('kset', () => {
  it('announces itself where the set that it is in lets it', () => {
    const k = booted();
    const outer = made(k, kset_create_and_add(k, 'outer', {}, undefined));
    const kobj = new Kobject('inner', plain);
    kobj.kset = outer;
    const inner = new Kset(kobj);
    expect(run(k, kset_register(k, inner))).to.equal(0);
    run(k, kset_unregister(k, inner));
    expect(events(k, 'uevent')).to.deep.equal(['add /outer/inner', 'remove /outer/inner']);
    run(k, kset_unregister(k, outer));
    expect(k.live.size).to.equal(0);
  });
});
