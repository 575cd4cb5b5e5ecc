import { expect } from 'chai';
import { Errno } from './errno.js';
import { kobject_create_and_add, kobject_del, type Kobject } from './kobject.js';
import type { Kernel } from './kernel.js';
import {
  sysfs_create_file,
  sysfs_create_group,
  sysfs_create_groups,
  sysfs_create_link,
  sysfs_create_link_nowarn,
  sysfs_remove_dir,
  sysfs_remove_file,
  sysfs_remove_file_self,
  sysfs_remove_group,
  sysfs_remove_groups,
  sysfs_remove_link,
  type Attribute,
} from './sysfs.js';
import { atomic, booted, events, exists, made, names, read, run, write } from './testing.js';

const attr = (name: string): Attribute => ({ name, mode: 0o444 });
const DUPLICATE = (path: string) => `<4> sysfs: cannot create duplicate filename '${path}'`;

/** A machine with the objects a and b. */
function machine(profile?: string) {
  const k = booted(profile);
  const make = (name: string) => made(k, kobject_create_and_add(k, name));
  const [a, b] = [make('a'), make('b')];
  events(k);
  return { k, a, b };
}

describe('sysfs attributes', () => {
  it('show and store through their object', () => {
    const { k, a } = machine();
    let kept = '';
    sysfs_create_file(k, a, {
      name: 'attr',
      mode: 0o644,
      *show(_k, kobj) {
        return `${kobj.name}:${kept}`;
      },
      *store(_k, kobj, data) {
        kept = kobj.name + data;
        return data.length;
      },
    });
    expect(write(k, '/sys/a/attr', 'x')).to.equal(1);
    expect(read(k, '/sys/a/attr')).to.equal('a:ax');
  });

  it('answer EIO where their mode offers what they do not do', () => {
    const { k, a } = machine();
    sysfs_create_file(k, a, { name: 'attr', mode: 0o644 });
    expect([read(k, '/sys/a/attr'), write(k, '/sys/a/attr', 'x')]).to.deep.equal([
      -Errno.EIO,
      -Errno.EIO,
    ]);
  });

  it('are refused a name that is taken, and an object without a directory', () => {
    const { k, a } = machine();
    expect(atomic(k, () => sysfs_create_file(k, a, attr('x')))).to.equal(0);
    expect(atomic(k, () => sysfs_create_file(k, a, attr('x')))).to.equal(-Errno.EEXIST);
    expect(events(k)).to.deep.equal([DUPLICATE('/a/x')]);
    run(k, kobject_del(k, a));
    expect(sysfs_create_file(k, a, attr('x'))).to.equal(-Errno.ENOENT);
  });

  it('are removed, or not there to be removed', () => {
    const { k, a } = machine();
    sysfs_create_file(k, a, attr('x'));
    run(k, sysfs_remove_file(k, a, attr('x')));
    run(k, sysfs_remove_file(k, a, attr('x')));
    expect(names(k, '/sys/a')).to.deep.equal([]);
  });

  it('can be removed from within, by one', () => {
    const { k, a } = machine();
    const results: boolean[] = [];
    const self: Attribute = {
      name: 'x',
      mode: 0o200,
      *store(k, kobj, data) {
        results.push(yield* sysfs_remove_file_self(k, kobj, self));
        results.push(yield* sysfs_remove_file_self(k, kobj, self));
        return data.length;
      },
    };
    sysfs_create_file(k, a, self);
    expect([write(k, '/sys/a/x', '1'), results, names(k, '/sys/a')]).to.deep.equal([
      1,
      [true, false],
      [],
    ]);
  });
});

describe('sysfs links', () => {
  const link = (k: Kernel, from: Kobject, to: Kobject, name: string) =>
    atomic(k, () => sysfs_create_link(k, from, to, name));

  it('come and go with an event each', () => {
    const { k, a, b } = machine();
    expect(link(k, a, b, 'to-b')).to.equal(0);
    atomic(k, () => {
      sysfs_remove_link(k, a, 'to-b');
      sysfs_remove_link(k, a, 'to-b');
    });
    expect(events(k)).to.deep.equal(['+ /sys/a/to-b', '- /sys/a/to-b']);
  });

  it('are refused a name that is taken, with a warning or without', () => {
    const { k, a, b } = machine();
    sysfs_create_file(k, a, attr('x'));
    expect(link(k, a, b, 'x')).to.equal(-Errno.EEXIST);
    expect(events(k)).to.deep.equal([DUPLICATE('/a/x')]);
    expect(atomic(k, () => sysfs_create_link_nowarn(k, a, b, 'x'))).to.equal(-Errno.EEXIST);
    expect(events(k)).to.deep.equal([]);
  });

  it('need both ends', () => {
    const { k, a, b } = machine();
    run(k, kobject_del(k, b));
    expect([link(k, a, b, 'x'), link(k, b, a, 'x')]).to.deep.equal([-Errno.ENOENT, -Errno.ENOENT]);
    sysfs_remove_link(k, b, 'x');
  });
});

describe('sysfs directories', () => {
  it('go once', () => {
    const { k, a } = machine();
    run(k, sysfs_remove_dir(k, a));
    run(k, sysfs_remove_dir(k, a));
    expect(events(k)).to.deep.equal(['- /sys/a']);
  });
});

describe('groups of attributes', () => {
  it('are in the directory itself, or in one of their own', () => {
    const { k, a } = machine();
    const groups = [{ attrs: [attr('x')] }, { name: 'more', attrs: [attr('y')] }];
    expect(run(k, sysfs_create_groups(k, a, groups))).to.equal(0);
    expect([names(k, '/sys/a'), names(k, '/sys/a/more')]).to.deep.equal([['x', 'more'], ['y']]);
    run(k, sysfs_remove_groups(k, a, groups));
    expect(names(k, '/sys/a')).to.deep.equal([]);
  });

  it('leave out what is not visible', () => {
    const { k, a } = machine();
    const group = {
      attrs: [attr('x'), attr('y')],
      is_visible: (_kobj: unknown, each: Attribute) => each.name === 'y',
    };
    run(k, sysfs_create_group(k, a, group));
    expect(names(k, '/sys/a')).to.deep.equal(['y']);
  });

  it('take an entry that is not theirs along, when they fail because of it', () => {
    const { k, a, b } = machine();
    atomic(k, () => sysfs_create_link(k, a, b, 'theirs'));
    const group = { attrs: [attr('x'), attr('theirs'), attr('y')] };
    expect(run(k, sysfs_create_group(k, a, group))).to.equal(-Errno.EEXIST);
    expect(names(k, '/sys/a')).to.deep.equal([]);
  });

  it('leave a directory alone whose name they wanted', () => {
    const { k, a } = machine();
    run(k, sysfs_create_group(k, a, { name: 'dir', attrs: [attr('x')] }));
    expect(run(k, sysfs_create_group(k, a, { name: 'dir', attrs: [attr('y')] }))).to.equal(
      -Errno.EEXIST,
    );
    expect(names(k, '/sys/a/dir')).to.deep.equal(['x']);
    expect(events(k)).to.deep.equal([DUPLICATE('/a/dir')]);
  });

  it('take their directory back when they fail', () => {
    const { k, a } = machine();
    const group = { name: 'dir', attrs: [attr('x'), attr('x')] };
    expect(run(k, sysfs_create_group(k, a, group))).to.equal(-Errno.EEXIST);
    expect(exists(k, '/sys/a/dir')).to.equal(false);
  });

  it('take the groups before them back when they fail', () => {
    const { k, a } = machine();
    sysfs_create_file(k, a, attr('taken'));
    const groups = [
      { attrs: [attr('x')] },
      { name: 'dir', attrs: [attr('y')] },
      { name: 'taken', attrs: [] },
    ];
    expect(run(k, sysfs_create_groups(k, a, groups))).to.equal(-Errno.EEXIST);
    expect(names(k, '/sys/a')).to.deep.equal(['taken']);
  });

  it('need a directory', () => {
    const { k, a } = machine();
    run(k, kobject_del(k, a));
    expect(run(k, sysfs_create_group(k, a, { attrs: [attr('x')] }))).to.equal(-Errno.ENOENT);
    run(k, sysfs_remove_group(k, a, { attrs: [attr('x')] }));
  });

  for (const [profile, warnings] of [
    ['linux-6.1', ["<4> sysfs group 'dir' not found for kobject 'a'"]],
    ['linux-6.12', []],
  ] as const) {
    it(`are missed ${warnings.length ? 'with a warning' : 'silently'} on ${profile}`, () => {
      const { k, a } = machine(profile);
      run(k, sysfs_remove_group(k, a, { name: 'dir', attrs: [attr('x')] }));
      expect(events(k)).to.deep.equal(warnings);
    });
  }
});
