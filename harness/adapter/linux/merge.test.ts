import { expect } from 'chai';
import type { TraceEvent } from '../protocol.js';
import { Merger, type Records } from './merge.js';

const line = (thread: string, event: string, fields: string): string =>
  `  ${thread} [000] d..1. 12.345678: ${event}: (x+0x0/0x9) ${fields}\n`;
const main = (event: string, fields = ''): string => line('main-1', event, fields);

function records(trace: string, more: Partial<Records> = {}): Records {
  return { tasks: {}, trace, uevents: [], log: [], ...more };
}
const merged = (trace: string, more?: Partial<Records>): TraceEvent[] =>
  new Merger().events(records(trace, more));

describe('what a guest recorded', () => {
  it('has calls and returns of the core', () => {
    const trace =
      main('mdev_device_remove', 'dev="A"') + main('mdev_device_remove__return', 'ret=0');
    expect(merged(trace)).to.deep.equal([
      { ev: 'call', task: 'main', fn: 'mdev_device_remove', args: { dev: 'A' } },
      { ev: 'return', task: 'main', fn: 'mdev_device_remove', ret: 0 },
    ]);
  });

  it('has callbacks by driver and operation', () => {
    const trace = main('ms_request', 'dev="A" count=2') + main('ms_request__return');
    expect(merged(trace)).to.deep.equal([
      {
        ev: 'callback',
        task: 'main',
        driver: 'mscript',
        op: 'request',
        args: { dev: 'A', count: 2 },
      },
      { ev: 'callback-return', task: 'main', driver: 'mscript', op: 'request' },
    ]);
  });

  it('knows tasks by their numbers, and threads of the kernel by their names', () => {
    const trace =
      line('remover-77', 'device_del', 'dev="A"') + line('kworker/0:1-9', 'device_del', 'dev="B"');
    const tasks = merged(trace, { tasks: { 77: 'remover' } }).map(({ task }) => task);
    expect(tasks).to.deep.equal(['remover', 'kworker']);
  });

  it('has a uevent where it is sent, with what it says', () => {
    const sent = (path: string): string => main('netlink_broadcast', `uevent="add@${path}"`);
    const uevent = (path: string): string[] => [
      'ACTION=add',
      `DEVPATH=${path}`,
      'SUBSYSTEM=mdev',
      'MAJOR=511',
      'MINOR=0',
      'SEQNUM=9',
    ];
    const trace = sent('/b') + main('device_del', 'dev="A"') + sent('/a');
    const events = merged(trace, { uevents: [uevent('/a'), uevent('/b')] });
    expect(events.map((event) => ('devpath' in event ? event.devpath : event.ev))).to.deep.equal([
      '/b',
      'call',
      '/a',
    ]);
    expect(events[0]).to.deep.equal({
      ev: 'uevent',
      task: 'main',
      action: 'add',
      devpath: '/b',
      env: { SUBSYSTEM: 'mdev' },
    });
  });

  it('takes no other message on netlink for a uevent', () => {
    expect(merged(main('netlink_broadcast', 'uevent="libudev"'))).to.deep.equal([]);
  });

  it('has a new directory when it is there, one that fails not at all', () => {
    const made = (ret: number): string =>
      main('sysfs_create_dir_ns', 'n0="A" n1="mtty" n2="devices"') +
      main('sysfs_create_dir_ns__return', `ret=${ret}`);
    expect(merged(made(0))).to.deep.equal([
      { ev: 'sysfs', task: 'main', change: '+', path: '/sys/devices/mtty/A' },
    ]);
    expect(merged(made(-17))).to.deep.equal([]);
  });

  it('has a link that goes, if there was one', () => {
    const gone = (ret: number): string =>
      main('sysfs_remove_link', 'name="511:0" n0="char" n1="dev"') +
      main('kernfs_remove_by_name_ns__return', `ret=${ret}`);
    expect(merged(gone(0))).to.deep.equal([
      { ev: 'sysfs', task: 'main', change: '-', path: '/sys/dev/char/<major>:<minor>' },
    ]);
    expect(merged(gone(-2))).to.deep.equal([]);
    expect(merged(main('kernfs_remove_by_name_ns__return', 'ret=0'))).to.deep.equal([]);
  });

  it('has a directory that goes, if it was there', () => {
    expect(merged(main('sysfs_remove_dir', 'sd=0x0 n0="A"'))).to.deep.equal([]);
    expect(merged(main('sysfs_remove_dir', 'sd=0xff n0="A"'))).to.have.length(1);
  });

  it('remembers from one answer to the next what a task is in the middle of', () => {
    const merger = new Merger();
    const tasks = { 77: 'creator' };
    const enter = line('creator-77', 'sysfs_create_dir_ns', 'n0="A"');
    expect(merger.events(records(enter, { tasks }))).to.deep.equal([]);
    const leave = line('creator-77', 'sysfs_create_dir_ns__return', 'ret=0');
    expect(merger.events(records(leave, { tasks }))).to.deep.equal([
      { ev: 'sysfs', task: 'creator', change: '+', path: '/sys/A' },
    ]);
  });

  it('has log lines with their levels', () => {
    const trace = '  main-1 [000] d..1. 1.0: console: mtty: hello\n';
    expect(merged(trace, { log: [{ level: 5, message: 'mtty: hello' }] })).to.deep.equal([
      { ev: 'log', task: 'main', level: 5, message: 'mtty: hello' },
    ]);
  });
});
