import { expect } from 'chai';
import { Errno } from './errno.js';
import { delete_module, load_module } from './loader.js';
import { module_put, modules, try_module_get, type ModuleDefinition } from './module.js';
import { booted, events, exists, names, read, run, start, write } from './testing.js';
import { msleep } from './wait.js';

/** A module that does nothing, but for what is said. */
function ko(name: string, more: Partial<ModuleDefinition> = {}): ModuleDefinition {
  return {
    name,
    license: 'GPL',
    imports: [],
    *init() {
      return 0;
    },
    *exit() {
      return;
    },
    ...more,
  };
}

function machine(profile?: string) {
  const k = booted(profile);
  return {
    k,
    insmod: (definition: ModuleDefinition | undefined, params = '') =>
      run(k, load_module(k, definition, params)),
    rmmod: (name: string) => run(k, delete_module(k, name)),
    mod: (name: string) => modules(k).loaded.get(name)!,
  };
}

/** A module whose init takes 10 ms. */
const slow = (name: string, ret = 0, more: Partial<ModuleDefinition> = {}): ModuleDefinition =>
  ko(name, {
    *init(k) {
      yield* msleep(k, 10);
      return ret;
    },
    ...more,
  });

const plain = ko('base', { exports: [{ name: 'base_plain', gpl: false }] });
const base = ko('base', {
  exports: [
    { name: 'base_plain', gpl: false },
    { name: 'base_gpl', gpl: true },
  ],
});
const user = ko('user', { imports: ['base_plain', 'base_gpl'] });

describe('insmod', () => {
  it('knows only the modules there are', () => {
    expect(machine().insmod(undefined)).to.equal(-Errno.ENOENT);
  });

  it('puts a module into sysfs and announces it last', () => {
    const { k, insmod } = machine();
    expect(insmod(ko('m', { params: { x: { type: 'int', init: 3, mode: 0o644 } } }))).to.equal(0);
    expect(events(k, 'uevent')).to.deep.equal(['add /module/m']);
    expect(read(k, '/sys/module/m/initstate')).to.equal('live\n');
    expect(read(k, '/sys/module/m/refcnt')).to.equal('0\n');
    expect(read(k, '/sys/module/m/taint')).to.equal('\n');
    expect(read(k, '/sys/module/m/parameters/x')).to.equal('3\n');
    expect(names(k, '/sys/module/m/holders')).to.deep.equal([]);
  });

  it('makes no directory for parameters that are not there', () => {
    const { k, insmod } = machine();
    insmod(ko('m'));
    expect(exists(k, '/sys/module/m/parameters')).to.equal(false);
  });

  it('refuses a module that is loaded', () => {
    const { insmod } = machine();
    insmod(plain);
    expect(insmod(plain)).to.equal(-Errno.EEXIST);
  });

  describe('of a module that is still coming', () => {
    const loading = (ret: number, profile?: string) => {
      const { k, rmmod, mod } = machine(profile);
      start(k, 'first', load_module(k, slow('slow', ret), ''));
      const second = start(k, 'second', load_module(k, slow('slow'), ''));
      return { k, rmmod, mod, second };
    };

    it('waits, and is refused once the other one is there', () => {
      const { k, rmmod, second } = loading(0);
      expect([second.state, rmmod('slow')]).to.deep.equal(['sleeping', -Errno.EBUSY]);
      k.sched.advance(10);
      expect([second.state, second.result]).to.deep.equal(['done', -Errno.EEXIST]);
    });

    it('is refused as well if the other one didn’t make it', () => {
      const { k, second } = loading(-Errno.ENODEV);
      k.sched.advance(10);
      expect(second.result).to.equal(-Errno.EBUSY);
      expect(modules(k).loaded.size).to.equal(0);
    });

    it('is tried again then, in the kernels that do so', () => {
      const { k, second, mod } = loading(-Errno.ENODEV, 'linux-5.14');
      k.sched.advance(10);
      expect([second.state, mod('slow').state]).to.deep.equal(['sleeping', 'coming']);
      k.sched.advance(10);
      expect([second.result, mod('slow').state]).to.deep.equal([0, 'live']);
    });

    it('ends with a signal', () => {
      const { k, second } = loading(0);
      k.sched.kill(second, 'SIGTERM');
      k.sched.run();
      expect(second.result).to.equal(-Errno.ERESTARTSYS);
    });
  });

  it('fails with what the init returns, and leaves nothing', () => {
    const { k, insmod } = machine();
    const failing = ko('m', {
      *init() {
        return -Errno.ENODEV;
      },
    });
    expect(insmod(failing)).to.equal(-Errno.ENODEV);
    expect([exists(k, '/sys/module/m'), k.live.size, modules(k).loaded.size]).to.deep.equal([
      false,
      0,
      0,
    ]);
    expect(events(k, 'uevent')).to.deep.equal([]);
  });

  it('fails with a bad parameter before anything is there', () => {
    const { k, insmod } = machine();
    let initialised = false;
    const m = ko('m', {
      params: { x: { type: 'int', init: 0, mode: 0o444 } },
      *init() {
        initialised = true;
        return 0;
      },
    });
    expect([insmod(m, 'x=y'), initialised, exists(k, '/sys/module/m')]).to.deep.equal([
      -Errno.EINVAL,
      false,
      false,
    ]);
  });

  it('hands the parameters to the init, and changes of their files later', () => {
    const { k, insmod, mod } = machine();
    insmod(ko('m', { params: { x: { type: 'int', init: 0, mode: 0o644 } } }), 'x=5');
    expect(mod('m').params['x']).to.equal(5);
    write(k, '/sys/module/m/parameters/x', '6\n');
    expect(mod('m').params['x']).to.equal(6);
  });

  it('fails where the directory is taken', () => {
    const { k, insmod } = machine();
    k.sysfs.lookup('module')!.mkdir('m');
    expect(insmod(ko('m'))).to.equal(-Errno.EEXIST);
    expect(modules(k).loaded.size).to.equal(0);
  });
});

describe('rmmod', () => {
  it('knows only what is loaded', () => {
    expect(machine().rmmod('nothing')).to.equal(-Errno.ENOENT);
  });

  it('calls the exit, announces the end and forgets the parameters', () => {
    const { k, insmod, rmmod, mod } = machine();
    const log: string[] = [];
    const m = ko('m', {
      params: { x: { type: 'int', init: 1, mode: 0o444 } },
      *exit(_k, mod) {
        log.push(mod.state);
      },
    });
    insmod(m, 'x=2');
    events(k);
    expect([rmmod('m'), log, events(k, 'uevent')]).to.deep.equal([
      0,
      ['going'],
      ['remove /module/m'],
    ]);
    expect([exists(k, '/sys/module/m'), k.live.size]).to.deep.equal([false, 0]);
    insmod(m);
    expect(mod('m').params['x']).to.equal(1);
  });

  it('refuses a module with references', () => {
    const { insmod, rmmod, mod } = machine();
    insmod(plain);
    try_module_get(mod('base'));
    expect(rmmod('base')).to.equal(-Errno.EAGAIN);
    module_put(mod('base'));
    expect(rmmod('base')).to.equal(0);
  });

  it('refuses a module that has an init and no exit', () => {
    const { insmod, rmmod } = machine();
    const { name, license, imports, init } = ko('m');
    insmod({ name, license, imports, init: init! });
    expect(rmmod('m')).to.equal(-Errno.EBUSY);
  });

  it('lets a module go that has neither', () => {
    const { insmod, rmmod } = machine();
    insmod({ name: 'm', license: 'GPL', imports: [] });
    expect(rmmod('m')).to.equal(0);
  });

  it('refuses a module that goes already; nobody gets a reference any more', () => {
    const { k, insmod, rmmod, mod } = machine();
    insmod(
      ko('slow', {
        *exit(k) {
          yield* msleep(k, 10);
        },
      }),
    );
    start(k, 'first', delete_module(k, 'slow'));
    expect([rmmod('slow'), try_module_get(mod('slow'))]).to.deep.equal([-Errno.EBUSY, false]);
    expect(read(k, '/sys/module/slow/initstate')).to.equal('going\n');
    expect(read(k, '/sys/module/slow/refcnt')).to.equal('-1\n');
    expect(insmod(ko('slow'))).to.equal(-Errno.EBUSY);
    k.sched.advance(10);
    expect(modules(k).loaded.has('slow')).to.equal(false);
  });
});

describe('symbols', () => {
  it('that are not there are all named, and the load fails', () => {
    const { k, insmod } = machine();
    expect(insmod(user)).to.equal(-Errno.ENOENT);
    expect(events(k, 'log').sort()).to.deep.equal([
      '<4> user: Unknown symbol base_gpl (err -2)',
      '<4> user: Unknown symbol base_plain (err -2)',
    ]);
  });

  it('make one reference for each module that is used, however many are', () => {
    const { k, insmod, rmmod, mod } = machine();
    insmod(base);
    expect(insmod(user)).to.equal(0);
    expect([mod('base').refcnt, names(k, '/sys/module/base/holders')]).to.deep.equal([1, ['user']]);
    expect(rmmod('base')).to.equal(-Errno.EAGAIN);
    expect([rmmod('user'), mod('base').refcnt, rmmod('base')]).to.deep.equal([0, 0, 0]);
  });

  it('that were found are let go when another is missing', () => {
    const { insmod, rmmod, mod } = machine();
    insmod(plain);
    expect(insmod(user)).to.equal(-Errno.ENOENT);
    expect([mod('base').refcnt, rmmod('base')]).to.deep.equal([0, 0]);
  });

  describe('of a module whose init still runs', () => {
    const coming = (ret: number, init?: ModuleDefinition['init']) => {
      const { k, rmmod, mod } = machine();
      const owner = slow('base', ret, { exports: base.exports!, ...(init ? { init } : {}) });
      start(k, 'first', load_module(k, owner, ''));
      const load = start(k, 'second', load_module(k, user, ''));
      return { k, rmmod, mod, load };
    };

    it('are waited for', () => {
      const { k, rmmod, mod, load } = coming(0);
      expect([load.state, mod('user').state]).to.deep.equal(['sleeping', 'unformed']);
      expect([rmmod('user'), exists(k, '/sys/module/user')]).to.deep.equal([-Errno.ENOENT, false]);
      k.sched.advance(10);
      expect([load.result, mod('base').refcnt]).to.deep.equal([0, 1]);
    });

    it('are not there if it fails', () => {
      const { k, load } = coming(-Errno.ENODEV);
      k.sched.advance(10);
      expect([load.result, modules(k).loaded.size]).to.deep.equal([-Errno.ENOENT, 0]);
    });

    it('are given up after half a minute each', () => {
      const { k, load } = coming(0, function* (k) {
        yield* msleep(k, 100_000);
        return 0;
      });
      k.sched.advance(59_999);
      expect(load.state).to.equal('sleeping');
      k.sched.advance(1);
      expect(load.result).to.equal(-Errno.EBUSY);
      expect(events(k, 'log').sort()).to.deep.equal([
        '<4> user: Unknown symbol base_gpl (err -16)',
        '<4> user: Unknown symbol base_plain (err -16)',
        '<4> user: gave up waiting for init of module base.',
        '<4> user: gave up waiting for init of module base.',
      ]);
    });
  });

  it('of a module that goes are not there', () => {
    const { k, insmod } = machine();
    insmod(
      ko('base', {
        exports: base.exports!,
        *exit(k) {
          yield* msleep(k, 10);
        },
      }),
    );
    start(k, 'unloader', delete_module(k, 'base'));
    expect(insmod(user)).to.equal(-Errno.ENOENT);
    k.sched.advance(10);
  });

  describe('for GPL modules only', () => {
    const using = (license: string, ...imports: string[]) => {
      const { k, insmod } = machine();
      insmod(base);
      events(k);
      const ret = insmod(ko('m', { license, imports }));
      const log = events(k, 'log').filter((line) => line.includes('Unknown'));
      return { ret, log };
    };

    for (const license of ['GPL', 'GPL v2', 'Dual BSD/GPL', 'Dual MIT/GPL', 'Dual MPL/GPL']) {
      it(`are for "${license}"`, () => {
        expect(using(license, 'base_gpl', 'put_device').ret).to.equal(0);
      });
    }

    for (const license of ['Proprietary', 'BSD', 'gpl', '']) {
      it(`are unknown to "${license}"`, () => {
        const { ret, log } = using(license, 'base_gpl', 'put_device', 'base_plain');
        expect([ret, log.sort()]).to.deep.equal([
          -Errno.ENOENT,
          ['<4> m: Unknown symbol base_gpl (err -2)', '<4> m: Unknown symbol put_device (err -2)'],
        ]);
      });
    }

    it('do not keep a proprietary module from using the others', () => {
      expect(using('Proprietary', 'base_plain').ret).to.equal(0);
    });
  });
});

describe('taint', () => {
  it('shows what a module is, in its file and in the kernel’s', () => {
    const { k, insmod } = machine();
    insmod(ko('m', { outOfTree: true, license: 'Proprietary' }));
    expect(read(k, '/sys/module/m/taint')).to.equal('POE\n');
    expect([...modules(k).taints].sort()).to.deep.equal(['E', 'O', 'P']);
  });

  for (const [profile, more] of [
    ['linux-6.1', []],
    ['linux-6.12', ['<4> m: module license taints kernel.']],
  ] as const) {
    it(`by a licence is told of once per machine on ${profile}`, () => {
      const { k, insmod } = machine(profile);
      const m = (name: string) => ko(name, { license: 'Proprietary' });
      insmod(m('m'));
      insmod(m('n'));
      expect(events(k, 'log')).to.deep.equal([
        "<4> m: module license 'Proprietary' taints kernel.",
        '<4> Disabling lock debugging due to kernel taint',
        ...more,
      ]);
    });
  }

  it('stays when the load failed', () => {
    const { k, insmod } = machine();
    insmod(ko('m', { license: 'Proprietary', imports: ['nothing'] }));
    expect([modules(k).loaded.size, [...modules(k).taints]]).to.deep.equal([0, ['P']]);
  });
});

describe('the uevent file of a module', () => {
  it('sends what is written to it', () => {
    const { k, insmod } = machine();
    insmod(plain);
    events(k);
    expect(write(k, '/sys/module/base/uevent', 'change')).to.equal(6);
    expect(write(k, '/sys/module/base/uevent', 'nonsense')).to.equal(-Errno.EINVAL);
    expect(events(k, 'uevent')).to.deep.equal(['change /module/base']);
  });
});

describe('a module whose init still runs', () => {
  it('gives references already', () => {
    const { k, insmod, mod } = machine();
    const taken: boolean[] = [];
    insmod(
      ko('m', {
        *init() {
          taken.push(try_module_get(mod('m')));
          return 0;
        },
      }),
    );
    expect([taken, read(k, '/sys/module/m/refcnt')]).to.deep.equal([[true], '1\n']);
  });
});

describe('a built-in user', () => {
  it('is never refused and never counted', () => {
    expect(try_module_get(undefined)).to.equal(true);
    expect(() => {
      module_put(undefined);
    }).not.to.throw();
  });
});
