/** Calls of whatever origin: those that are none must be refused, and just those. */
import { inspect } from 'node:util';
import { Value } from '@sinclair/typebox/value';
import { expect } from 'chai';
import { AdapterFault } from '../errors.js';
import { callProblem } from './params.js';
import { paramSchemas, type Call, type Method } from './protocol.js';
import { reference } from './reference.js';

const GOOD: { readonly [M in Method]: Extract<Call, { method: M }>['params'] } = {
  hello: { protocol: 1, profile: 'linux-6.1' },
  reset: {},
  insmod: { module: 'mtty', params: '' },
  rmmod: { module: 'mtty' },
  write: { path: '/sys', data: '' },
  read: { path: '/sys' },
  readlink: { path: '/sys' },
  list: { path: '/sys' },
  tree: { path: '/sys', depth: 1 },
  open: { path: '/sys', flags: 'O_RDONLY' },
  close: { fd: 10 },
  fdwrite: { fd: 10, data: '' },
  ioctl: { fd: 10, request: 'VFIO_GET_API_VERSION', arg: 0 },
  pread: { fd: 10, offset: 0, count: 1 },
  pwrite: { fd: 10, offset: 0, hex: '00' },
  mmap: { fd: 10, offset: 0, length: 4096 },
  start: { task: 't', method: 'close', params: { fd: 10 } },
  task: { task: 't' },
  join: { task: 't' },
  kill: { task: 't', signal: 'SIGTERM' },
  advance: { ms: 1 },
  fault: { point: 'device_add', errno: 'ENOMEM', times: 1 },
  hold: { object: '/sys/devices/virtual' },
  drop: { object: 'module:mdev' },
  kconfig: { profile: 'linux-6.1', set: { VFIO: 'y' } },
  bye: {},
};

/** Values as files, pipes and programs of others may hold them. */
const VALUES: readonly unknown[] = [
  ...[undefined, null, true, 0, -1, 1.5, NaN, Infinity, 2 ** 53, 10n, Symbol.iterator, () => 1],
  ...['', 'x', '/', '00', '0', 'zz', '0A', '\0', '__proto__', 'constructor', 'O_RDWR', 'SIGKILL'],
  ...['ENOMEM', 'E', 'enomem', 'vfio_device:', 'vfio_device:x', 'module:m', 'file:m'],
  ...['insmod', 'start', 'x'.repeat(15), 'x'.repeat(16)],
  ...[[], {}, Object.create(null), [['fd', 1]], { fd: 1 }, { fd: 'x' }, { fd: 1, hex: '' }],
  ...[{ A_1: 'm' }, { A: 'y', B: 'yes' }, { a: 'y' }, { 7: 'y' }, { A: ['y'] }],
  ...[{ hex: '00ff' }, { hex: 'abc' }, { hex: 5 }, JSON.parse('{"__proto__": 1}')],
];

/** Each call with one field changed, added or missing. */
const variants = (Object.keys(GOOD) as Method[]).flatMap((method) => {
  const params: object = GOOD[method];
  const changed = [...Object.keys(params), 'stranger', 'toString'].flatMap((field) =>
    VALUES.map((value) => ({ method, params: { ...params, [field]: value } })),
  );
  return [...VALUES.map((value) => ({ method, params: value })), ...changed];
});

describe('calls of whatever origin', () => {
  it('refuses what the schemas of the protocol refuse, and nothing else', () => {
    for (const { method, params } of variants.filter((each) => each.method !== 'start')) {
      const accepted = callProblem({ method, params }) === undefined;
      expect(accepted, `${method} ${inspect(params)}`).to.equal(
        Value.Check(paramSchemas[method], params),
      );
    }
  });

  it('refuses in a task what it refuses outside of it', () => {
    for (const { method, params } of variants) {
      const inner = callProblem({ method, params });
      const outer = callProblem({ method: 'start', params: { task: 't', method, params } });
      if (inner !== undefined) expect(outer).not.to.equal(undefined);
    }
  });

  for (const method of ['nope', '__proto__', 'constructor', '', 5, undefined, null]) {
    it(`knows no method ${JSON.stringify(method)}`, () => {
      expect(callProblem({ method, params: {} })?.code).to.equal('E_METHOD');
    });
  }

  it('knows what is not even an object for none', () => {
    for (const call of VALUES) expect(callProblem(call)?.code).to.equal('E_METHOD');
  });

  it('says what must be there', () => {
    const message = (method: string, params: unknown) => callProblem({ method, params })?.message;
    expect(message('read', { path: 'x' })).to.equal('path of read must be an absolute path');
    expect(message('read', { path: '/', x: 1 })).to.equal(
      'read has no parameter "x"; it takes path',
    );
    expect(message('reset', null)).to.equal('the params of reset are no object');
  });

  it('never lets the reference stumble', async () => {
    const machine = await reference('linux-6.12');
    for (const call of [...variants, ...VALUES]) {
      try {
        await machine.call({ method: 'reset', params: {} });
        await machine.call(call as Call);
      } catch (error) {
        expect(error).to.be.instanceOf(AdapterFault);
      }
    }
  });
});
