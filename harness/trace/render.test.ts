import { expect } from 'chai';
import type { TraceEvent } from '../adapter/protocol.js';
import { render } from './render.js';
import type { Trace } from './types.js';

const main = { task: 'main' };
const create: TraceEvent[] = [
  { ev: 'call', ...main, fn: 'device_add', args: { parent: 'mtty', dev: 'A', bus: 'mdev' } },
  { ev: 'sysfs', ...main, change: '+', path: '/sys/devices/virtual/mtty/mtty/A' },
  { ev: 'uevent', ...main, action: 'add', devpath: '/devices/A', env: { SUBSYSTEM: 'mdev' } },
  { ev: 'return', ...main, fn: 'device_add', ret: 0 },
  { ev: 'callback', ...main, driver: 'mtty', op: 'init', args: { dev: 'A' } },
  { ev: 'callback-return', ...main, driver: 'mtty', op: 'init', ret: 0 },
  { ev: 'call', ...main, fn: 'device_release', args: { dev: '0' } },
  { ev: 'return', ...main, fn: 'device_release' },
  { ev: 'log', ...main, level: 6, message: 'mtty A: Adding to iommu group 0' },
];

describe('render', () => {
  it('reads like a specification', () => {
    const trace: Trace = [
      {
        call: { method: 'write', params: { path: '/c', data: 'A' } },
        answer: { ret: 36 },
        events: create,
      },
    ];
    expect(render(trace).split('\n')).to.deep.equal([
      '  main > write /c data=A',
      '  main   device_add A bus=mdev parent=mtty',
      '  main     + /sys/devices/virtual/mtty/mtty/A',
      '  main     uevent add /devices/A SUBSYSTEM=mdev',
      '  main   < device_add = 0',
      '  main   callback mtty.init A = 0',
      '  main   device_release "0" = void',
      '  main   log <6> mtty A: Adding to iommu group 0',
      '  main < write = 36',
      '',
    ]);
  });

  it('lets a blocked task go on at its depth, and a new one start afresh', () => {
    const enter: TraceEvent = { ev: 'call', task: 'r', fn: 'device_del', args: {} };
    const log: TraceEvent = { ev: 'log', task: 'r', level: 4, message: 'x' };
    const start: Trace[number]['call'] = {
      method: 'start',
      params: { task: 'r', method: 'rmmod', params: { module: 'mtty' } },
    };
    const text = render([
      { call: start, answer: { ret: 0 }, events: [enter] },
      {
        call: { method: 'task', params: { task: 'r' } },
        answer: { state: 'blocked' },
        events: [log],
      },
      { call: start, answer: { ret: 0 }, events: [log] },
    ]);
    expect(text.split('\n')).to.deep.equal([
      '  main > start r rmmod mtty',
      '  r   device_del',
      '  main < start = 0',
      '  main > task r',
      '  r     log <4> x',
      '  main < task state=blocked',
      '  main > start r rmmod mtty',
      '  r   log <4> x',
      '  main < start = 0',
      '',
    ]);
  });

  it('gives values lines of their own, by name', () => {
    const text = render([
      {
        call: { method: 'kconfig', params: { profile: 'p', set: { B: 'm', A: 'y' } } },
        answer: { ret: 0, values: { B: 'm', A: 'y' } },
        events: [],
      },
    ]);
    expect(text.split('\n').slice(0, -1)).to.deep.equal([
      '  main > kconfig profile=p set.A=y set.B=m',
      '  main < kconfig = 0 values=2',
      '  main   value A y',
      '  main   value B m',
    ]);
  });

  it('gives long fields, names, entries and results lines of their own', () => {
    const data = 'x'.repeat(80);
    const text = render([
      {
        call: { method: 'join', params: { task: 'r' } },
        answer: {
          state: 'done',
          names: ['a', 'b c'],
          entries: [{ path: '/a', mode: '40755', link: '../b' }],
          result: { errno: 'EIO', data, arg: { hex: '00' } },
        },
        events: [],
      },
    ]);
    expect(text.split('\n').slice(1, -1)).to.deep.equal([
      '  main < join entries=1 names=2 state=done',
      '  main   name a',
      '  main   name "b c"',
      '  main   entry /a 40755 link=../b',
      '  main   result = EIO arg.hex=00',
      `  main     data=${data}`,
    ]);
  });
});
