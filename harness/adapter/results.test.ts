/** What implementations answer: what the schemas refuse must be refused, and just that. */
import { inspect } from 'node:util';
import { Value } from '@sinclair/typebox/value';
import { expect } from 'chai';
import { eventSchemas, type EventKind, type Method } from './protocol.js';
import { answerSchema } from './result-schemas.js';
import { answerProblem, eventProblem } from './results.js';

const ANSWERS: Readonly<Record<Method, object>> = {
  hello: {
    protocol: 1,
    name: 'x',
    version: '',
    profile: 'linux-6.1',
    capabilities: ['sysfs', 'vendor:mtty'],
    observes: ['log'],
    order: 'total',
    clock: 'real',
  },
  reset: { ret: 0 },
  insmod: { ret: 0 },
  rmmod: { ret: 0 },
  write: { ret: 36 },
  read: { ret: 1, data: 'x' },
  readlink: { ret: 0, data: 'x' },
  list: { ret: 0, names: ['a/', 'b@'] },
  tree: { ret: 0, entries: [{ path: '/x', mode: '40755' }] },
  open: { ret: 10 },
  close: { ret: 0 },
  fdwrite: { ret: 1 },
  ioctl: { ret: 0, arg: { hex: '00' } },
  pread: { ret: 1, hex: '00' },
  pwrite: { ret: 1 },
  mmap: { ret: 0 },
  start: { ret: 0 },
  task: { state: 'done', result: { ret: 0 } },
  join: { errno: 'EINTR' },
  kill: { ret: 0 },
  advance: { ret: 0 },
  fault: { ret: 0 },
  hold: { ret: 0 },
  drop: { ret: 0 },
  kconfig: { ret: 0, values: { VFIO: 'm' } },
  bye: { ret: 0 },
};

const EVENTS: Readonly<Record<EventKind, object>> = {
  uevent: { ev: 'uevent', task: 'main', action: 'add', devpath: '/x', env: { A: 'b' } },
  log: { ev: 'log', task: 'main', level: 7, message: 'x' },
  call: { ev: 'call', task: 'main', fn: 'f', args: { a: 'x', b: 1 } },
  return: { ev: 'return', task: 'main', fn: 'f', ret: -12 },
  callback: { ev: 'callback', task: 'main', driver: 'd', op: 'probe', args: {} },
  'callback-return': { ev: 'callback-return', task: 'main', driver: 'd', op: 'probe' },
  sysfs: { ev: 'sysfs', task: 'main', change: '+', path: '/x' },
};

/** Values as programs of others may send them: what JSON can hold. */
const VALUES: readonly unknown[] = [
  ...[
    undefined,
    null,
    true,
    0,
    1,
    -1,
    7,
    8,
    1.5,
    2 ** 53,
    '',
    'x',
    '/',
    '0',
    '00',
    'zz',
    '777',
    '999',
  ],
  ...[
    'EIO',
    'EPROBE_DEFER',
    'E4095',
    'eio',
    'E',
    'done',
    'total',
    '+',
    'log',
    'vendor:x',
    'vendor:',
  ],
  ...[
    [],
    [1],
    ['x'],
    ['log'],
    ['sysfs'],
    ['vendor:m-x'],
    [{ path: '/', mode: '7' }],
    [{ path: '/' }],
  ],
  ...[{}, { fd: 1 }, { hex: '0' }, { ret: 1 }, { errno: 'EIO' }, { ret: 0, errno: 'EIO' }],
  ...[{ A: 'y' }, { A: 'x' }, { 7: 'y' }, { A_1: 'n', B: 'm' }],
  ...[{ a: {} }, { a: 'b' }, { a: 1 }, { state: 'done' }],
];

function variants(message: object): object[] {
  const fields = [...Object.keys(message), 'errno', 'ret', 'stranger', 'toString'];
  const changed = fields.flatMap((field) =>
    VALUES.map((value) => ({ ...message, [field]: value })),
  );
  // As they come out of JSON: no field is undefined.
  return [message, ...changed].map((each) => JSON.parse(JSON.stringify(each)) as object);
}

describe('what implementations answer', () => {
  for (const [method, answer] of Object.entries(ANSWERS) as [Method, object][]) {
    it(`takes of ${method} what its schema takes, and nothing else`, () => {
      expect(answerProblem(method, { ...answer })).to.equal(undefined);
      for (const each of variants(answer)) {
        const accepted = answerProblem(method, { ...each }) === undefined;
        expect(accepted, inspect(each)).to.equal(Value.Check(answerSchema(method), each));
      }
    });
  }

  for (const [kind, event] of Object.entries(EVENTS) as [EventKind, object][]) {
    it(`takes of the event ${kind} what its schema takes, and nothing else`, () => {
      expect(eventProblem(event)).to.equal(undefined);
      for (const each of variants(event)) {
        const accepted = eventProblem(each) === undefined;
        expect(accepted, inspect(each)).to.equal(Value.Check(eventSchemas[kind], each));
      }
    });
  }

  it('takes no event of another kind', () => {
    for (const value of VALUES) expect(eventProblem(value)).to.match(/^is of no kind of event/);
  });
});
