import { expect } from 'chai';
import fc from 'fast-check';
import type { CallTemplate } from '../compiled.js';
import { LETTERS, UUIDS } from '../uuids.js';
import { VERBS, VERB_NAMES } from './table.js';

const A = UUIDS.A!;
const TYPES = '/sys/class/mdev_bus';
const compile = (verb: string, value: unknown, as?: string) =>
  VERBS[verb]!.compile(value, as).map(({ template, bind }) => ({
    ...template,
    ...(bind && { bind }),
  }));
const write = (path: string, data: string) => [{ method: 'write', params: { path, data } }];
const one = (method: CallTemplate['method'], params: object) => [{ method, params }];

/** Verb, value, and the calls it stands for. */
const ROWS: readonly (readonly [string, unknown, object[]])[] = [
  ['insmod', 'mtty', one('insmod', { module: 'mtty' })],
  ['insmod', 'mscript a=1  b=-2', one('insmod', { module: 'mscript', params: 'a=1 b=-2' })],
  ['insmod', { module: 'm', params: 'x' }, one('insmod', { module: 'm', params: 'x' })],
  ['rmmod', 'mtty', one('rmmod', { module: 'mtty' })],
  ['write', { path: '/sys/{A}', data: 5 }, write(`/sys/${A}`, '5')],
  ['write', { path: '/sys/x', data: '{A^}\n' }, write('/sys/x', `${A.toUpperCase()}\n`)],
  ['read', '/sys/{A}/x', one('read', { path: `/sys/${A}/x` })],
  ['tree', { path: '/sys', depth: 2 }, one('tree', { path: '/sys', depth: 2 })],
  ['close', 'd', one('close', { fd: { ref: 'd' } })],
  ['close', -1, one('close', { fd: -1 })],
  ['fdwrite', { fd: 'd', data: 1 }, one('fdwrite', { fd: { ref: 'd' }, data: '1' })],
  [
    'ioctl',
    { fd: 'g', request: 'VFIO_GROUP_SET_CONTAINER', arg: { fd: 'c' } },
    one('ioctl', {
      fd: { ref: 'g' },
      request: 'VFIO_GROUP_SET_CONTAINER',
      arg: { fd: { ref: 'c' } },
    }),
  ],
  [
    'pread',
    { fd: 'd', offset: 4, count: 2 },
    one('pread', { fd: { ref: 'd' }, offset: 4, count: 2 }),
  ],
  ['advance', '10s', one('advance', { ms: 10_000 })],
  ['advance', '20ms', one('advance', { ms: 20 })],
  ['advance', 5, one('advance', { ms: 5 })],
  [
    'create',
    { type: 'mtty/mtty-2', uuid: 'A' },
    write(`${TYPES}/mtty/mdev_supported_types/mtty-2/create`, A),
  ],
  ['remove', 'A', write(`/sys/bus/mdev/devices/${A}/remove`, '1')],
  ['remove', { uuid: 'A', value: '0x1' }, write(`/sys/bus/mdev/devices/${A}/remove`, '0x1')],
  [
    'available',
    'mscript0/-a',
    one('read', { path: `${TYPES}/mscript0/mdev_supported_types/-a/available_instances` }),
  ],
  ['devices', 'm/t', one('list', { path: `${TYPES}/m/mdev_supported_types/t/devices` })],
  ['exists', '/dev/vfio/0', one('readlink', { path: '/dev/vfio/0' })],
  ['bind', { driver: 'mtty', uuid: 'A' }, write('/sys/bus/mdev/drivers/mtty/bind', A)],
  ['unbind', { driver: 'mtty', uuid: 'A' }, write('/sys/bus/mdev/drivers/mtty/unbind', A)],
  ['drivers-probe', 'A', write('/sys/bus/mdev/drivers_probe', A)],
  ['autoprobe', 0, write('/sys/bus/mdev/drivers_autoprobe', '0')],
  ['unregister', 1, write('/sys/kernel/debug/mscript/unregister', '1')],
  ['register', 1, write('/sys/kernel/debug/mscript/register', '1')],
  [
    'param',
    { module: 'mscript', name: 'probe_ret', value: -5 },
    write('/sys/module/mscript/parameters/probe_ret', '-5'),
  ],
  [
    'fault',
    { point: 'device_add', errno: 'ENOMEM' },
    one('fault', { point: 'device_add', errno: 'ENOMEM', times: 1 }),
  ],
  [
    'fault',
    { point: 'device_add', errno: 'EIO', times: 3 },
    one('fault', { point: 'device_add', errno: 'EIO', times: 3 }),
  ],
  ['hold', 'vfio_device:{A}', one('hold', { object: `vfio_device:${A}` })],
  ['hold', 'module:mtty', one('hold', { object: 'module:mtty' })],
  ['kconfig', {}, one('kconfig', {})],
  [
    'kconfig',
    { profile: 'linux-6.1', set: { VFIO: 'y' } },
    one('kconfig', { profile: 'linux-6.1', set: { VFIO: 'y' } }),
  ],
  ['drop', '/sys/bus/mdev/devices/{A}', one('drop', { object: `/sys/bus/mdev/devices/${A}` })],
];

describe('verbs', () => {
  for (const [verb, value, calls] of ROWS) {
    it(`${verb}: ${JSON.stringify(value)}`, () => {
      expect(compile(verb, value)).to.deep.equal(calls);
    });
  }

  it('open-device is attach and VFIO_GROUP_GET_DEVICE_FD, with names below its own', () => {
    const group = { ref: 'd.group' };
    const container = { ref: 'd.group.container' };
    expect(compile('open-device', { group: 3, uuid: 'A' }, 'd')).to.deep.equal([
      { method: 'open', params: { path: '/dev/vfio/vfio' }, bind: 'd.group.container' },
      { method: 'open', params: { path: '/dev/vfio/3' }, bind: 'd.group' },
      {
        method: 'ioctl',
        params: { fd: group, request: 'VFIO_GROUP_SET_CONTAINER', arg: { fd: container } },
      },
      { method: 'ioctl', params: { fd: container, request: 'VFIO_SET_IOMMU', arg: 1 } },
      {
        method: 'ioctl',
        params: { fd: group, request: 'VFIO_GROUP_GET_DEVICE_FD', arg: A },
        bind: 'd',
      },
    ]);
  });

  it('all have a description', () => {
    for (const name of VERB_NAMES) expect(VERBS[name]!.description, name).to.match(/\w{2}/);
  });

  it('property: a path carries the uuid of each letter where its placeholder is', () => {
    const part = fc.constantFrom('/x', '/mdev', '-1');
    fc.assert(
      fc.property(fc.array(fc.tuple(part, fc.constantFrom(...LETTERS))), (parts) => {
        const path = parts.map(([text, letter]) => `${text}{${letter}}`).join('');
        const real = parts.map(([text, letter]) => text + UUIDS[letter]!).join('');
        expect(compile('read', `/sys${path}`)).to.deep.equal(one('read', { path: `/sys${real}` }));
      }),
    );
  });
});
