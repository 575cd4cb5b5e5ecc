import { expect } from 'chai';
import fc from 'fast-check';
import { Errno } from './errno.js';
import { Kobject, kobject_add, kset_create_and_add, type KobjType } from './kobject.js';
import { kobject_synth_uevent } from './synth-uevent.js';
import { atomic, booted, events, holds, made, run } from './testing.js';
import { kobject_uevent, UEVENT_ACTIONS, type UeventOps } from './uevent.js';

const plain: KobjType = { name: 'plain' };

/** An object below one that is in a set with these rules. */
function below(ops: UeventOps) {
  const k = booted();
  const kset = made(k, kset_create_and_add(k, 'set', ops, undefined));
  const parent = new Kobject('parent', plain);
  parent.kset = kset;
  run(k, kobject_add(k, parent));
  const kobj = new Kobject('child', plain);
  run(k, kobject_add(k, kobj, parent));
  k.takeEvents();
  const sent = () => k.takeEvents().flatMap((event) => (event.ev === 'uevent' ? [event] : []));
  return { k, kobj, sent };
}

describe('uevents', () => {
  it('follow the rules of the nearest set above', () => {
    const { k, kobj, sent } = below({
      name: (kobj) => `sub-${kobj.name}`,
      uevent: (_k, kobj, env) => {
        env['OWN'] = kobj.name;
      },
    });
    expect(atomic(k, () => kobject_uevent(k, kobj, 'change', { EXTRA: '1' }))).to.equal(0);
    expect(sent()).to.deep.equal([
      {
        ev: 'uevent',
        task: 'main',
        action: 'change',
        devpath: '/set/parent/child',
        env: { SUBSYSTEM: 'sub-child', EXTRA: '1', OWN: 'child' },
      },
    ]);
  });

  it('are of the subsystem that the set is called', () => {
    const { k, kobj, sent } = below({});
    atomic(k, () => kobject_uevent(k, kobj, 'add'));
    expect(sent()[0]!.env).to.deep.equal({ SUBSYSTEM: 'set' });
  });

  for (const [title, ops] of [
    ['a filter says no', { filter: () => false }],
    ['there is no subsystem', { name: () => undefined }],
  ] as const) {
    it(`are dropped where ${title}`, () => {
      const { k, kobj, sent } = below(ops);
      expect(atomic(k, () => kobject_uevent(k, kobj, 'add'))).to.equal(0);
      expect([sent(), kobj.state_add_uevent_sent]).to.deep.equal([[], false]);
    });
  }

  it('are refused for an object that is in no set', () => {
    const k = booted();
    const kobj = new Kobject('a', plain);
    expect(atomic(k, () => kobject_uevent(k, kobj, 'add'))).to.equal(-Errno.EINVAL);
  });
});

describe('synthetic uevents', () => {
  const UUID = '0e4d8a3c-5f6b-4c7d-8e9f-a0b1c2d3e4f5';

  const synth = (text: string) => {
    const { k, kobj, sent } = below({});
    const ret = atomic(k, () => kobject_synth_uevent(k, kobj, text));
    const all = k.takeEvents();
    const log = all.flatMap((event) => (event.ev === 'log' ? [event.message] : []));
    const uevent = all.find((event) => event.ev === 'uevent');
    return { ret, log, action: uevent?.action, env: uevent?.env, sent };
  };

  for (const action of UEVENT_ACTIONS) {
    for (const end of ['', '\n', '\0']) {
      it(`send ${JSON.stringify(action + end)}`, () => {
        const { ret, log, action: sent, env } = synth(action + end);
        expect([ret, log, sent, env]).to.deep.equal([
          0,
          [],
          action,
          { SUBSYSTEM: 'set', SYNTH_UUID: '0' },
        ]);
      });
    }
  }

  it('take a uuid and any number of arguments of letters and digits', () => {
    const word = fc.stringMatching(/^[0-9a-zA-Z]{1,8}$/);
    holds(
      fc.property(fc.uuid(), fc.dictionary(word, word, { maxKeys: 4 }), (uuid, given) => {
        const args = Object.entries(given);
        const { ret, env } = synth(
          ['change', uuid, ...args.map(([name, value]) => `${name}=${value}`)].join(' '),
        );
        expect([ret, env]).to.deep.equal([
          0,
          {
            SUBSYSTEM: 'set',
            SYNTH_UUID: uuid,
            ...Object.fromEntries(args.map(([name, value]) => [`SYNTH_ARG_${name}`, value])),
          },
        ]);
      }),
    );
  });

  for (const text of ['nonsense', '', '\n', 'Add', 'add\n\n', 'adds', ` add`, `nonsense ${UUID}`]) {
    it(`know no action ${JSON.stringify(text)}`, () => {
      expect(synth(text)).to.deep.include({
        ret: -Errno.EINVAL,
        action: undefined,
        log: ['synth uevent: /set/parent/child: unknown uevent action string'],
      });
    });
  }

  const bad = [
    '',
    'x',
    UUID.slice(1),
    `${UUID}x`,
    `${UUID} `,
    `${UUID} A`,
    `${UUID} A=`,
    `${UUID} =1`,
    `${UUID} A=1 `,
    `${UUID}  A=1`,
    `${UUID} A=1,2`,
    `${UUID} A_B=1`,
  ];
  for (const text of bad) {
    it(`refuse the arguments "${text}"`, () => {
      expect(synth(`add ${text}`)).to.deep.include({
        ret: -Errno.EINVAL,
        action: undefined,
        log: ['synth uevent: /set/parent/child: incorrect uevent action arguments'],
      });
    });
  }

  for (const [profile, lines] of [
    ['linux-6.1', 12],
    ['linux-6.12', 10],
  ] as const) {
    it(`are complained of ${lines} times of twelve at once on ${profile}`, () => {
      const k = booted(profile);
      const kobj = new Kobject('a', plain);
      for (let i = 0; i < 12; i++) atomic(k, () => kobject_synth_uevent(k, kobj, 'nonsense'));
      expect(events(k, 'log')).to.have.lengthOf(lines);
    });
  }

  it('fail where uevents of the object do', () => {
    const k = booted();
    const kobj = new Kobject('a', plain);
    expect(atomic(k, () => kobject_synth_uevent(k, kobj, 'add'))).to.equal(-Errno.EINVAL);
    expect(events(k)).to.deep.equal(['<4> synth uevent: /a: failed to send uevent']);
  });
});
