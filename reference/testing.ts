/** What the tests of whole machines share. */
import type {
  Answer,
  Call,
  EventKind,
  IoctlArg,
  Params,
  StartableMethod,
  TraceEvent,
} from '../harness/adapter/protocol.js';
import { profile, summary } from './kernel/testing.js';
import { Machine } from './machine.js';
import type { Profile } from './profile.js';

/** A uuid for each letter. */
export const uuid = (letter: string): string =>
  `${letter.charCodeAt(0).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

export const A = uuid('A');
export const B = uuid('B');
export const C = uuid('C');

/** Where things of a uuid are. */
export const device = (id: string): string => `/sys/bus/mdev/devices/${id}`;

type Fd = number | string | undefined;

/**
 * A machine as a program sees it: a call answers with what the kernel returns, or with the errno's
 * name.
 */
export class Rig {
  readonly machine: Machine;
  private seen: TraceEvent[] = [];

  /**
   * @param era a row of the table by its name, or another
   * @param modules loaded at the beginning, each with its parameters if it needs any
   */
  constructor(era: string | Profile, ...modules: string[]) {
    this.machine = new Machine(typeof era === 'string' ? profile(era) : era);
    for (const each of modules) {
      const [module, ...params] = each.split(' ');
      const ret = this.insmod(module!, params.join(' '));
      if (ret !== 0) throw new Error(`insmod ${each}: ${ret}`);
    }
    this.seen = [];
  }

  /** The whole answer to a call. */
  call(call: Call): Answer {
    const { answer, events } = this.machine.call(call);
    this.seen.push(...events);
    return answer;
  }

  private ret(call: Call): number | string | undefined {
    const answer = this.call(call);
    return answer.errno ?? answer.ret;
  }

  /** The events since the last time, in a few words each, as far as they are of these kinds. */
  events(...kinds: EventKind[]): string[] {
    const seen = this.seen;
    this.seen = [];
    return seen.filter(({ ev }) => kinds.length === 0 || kinds.includes(ev)).map(summary);
  }

  insmod(module: string, params = '') {
    return this.ret({ method: 'insmod', params: { module, params } });
  }
  rmmod(module: string) {
    return this.ret({ method: 'rmmod', params: { module } });
  }
  write(path: string, data: string) {
    return this.ret({ method: 'write', params: { path, data } });
  }
  read(path: string) {
    const answer = this.call({ method: 'read', params: { path } });
    return answer.errno ?? answer.data;
  }
  readlink(path: string) {
    const answer = this.call({ method: 'readlink', params: { path } });
    return answer.errno ?? answer.data;
  }
  list(path: string) {
    const answer = this.call({ method: 'list', params: { path } });
    return answer.errno ?? answer.names;
  }
  open(path: string, flags?: 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR') {
    return this.ret({ method: 'open', params: { path, ...(flags ? { flags } : {}) } });
  }
  close(fd: Fd) {
    return this.ret({ method: 'close', params: { fd: fd as number } });
  }
  fdwrite(fd: Fd, data: string) {
    return this.ret({ method: 'fdwrite', params: { fd: fd as number, data } });
  }
  ioctl(fd: Fd, request: string, arg?: IoctlArg) {
    const params = { fd: fd as number, request, ...(arg === undefined ? {} : { arg }) };
    return this.ret({ method: 'ioctl', params });
  }

  /** Makes a device of a type: `mtty/mtty-2`, or `mtty-2` of the parent that is called as its driver. */
  create(type: string, id: string) {
    return this.write(`${this.type(type)}/create`, id);
  }
  type(type: string): string {
    const [parent, name] = type.includes('/') ? type.split('/') : [type.split('-')[0], type];
    return `/sys/class/mdev_bus/${parent}/mdev_supported_types/${name}`;
  }
  available(type: string) {
    return Number(this.read(`${this.type(type)}/available_instances`));
  }
  remove(id: string, data = '1') {
    return this.write(`${device(id)}/remove`, data);
  }

  /** Opens group and container of a device, as far as before GET_DEVICE_FD. */
  container(group = '0') {
    const container = this.open('/dev/vfio/vfio');
    const fd = this.open(`/dev/vfio/${group}`);
    this.ioctl(fd, 'VFIO_GROUP_SET_CONTAINER', { fd: container as number });
    this.ioctl(container, 'VFIO_SET_IOMMU', 1);
    return { container, group: fd };
  }
  /** Opens a device by all that it takes. */
  openDevice(id: string, group = '0') {
    const opened = this.container(group);
    return { ...opened, device: this.ioctl(opened.group, 'VFIO_GROUP_GET_DEVICE_FD', id) };
  }

  start<M extends StartableMethod>(task: string, method: M, params: Params<M>) {
    return this.ret({ method: 'start', params: { task, method, params } } as Call);
  }
  /** Starts a remove. */
  startRemove(task: string, id: string) {
    return this.start(task, 'write', { path: `${device(id)}/remove`, data: '1' });
  }
  state(task: string) {
    return this.call({ method: 'task', params: { task } }).state;
  }
  join(task: string) {
    return this.ret({ method: 'join', params: { task } });
  }
  kill(task: string, signal: 'SIGTERM' | 'SIGKILL') {
    return this.ret({ method: 'kill', params: { task, signal } });
  }
  fault(point: string, errno: string, times = 1) {
    return this.ret({ method: 'fault', params: { point, errno, times } });
  }
  hold(object: string) {
    return this.ret({ method: 'hold', params: { object } });
  }
  drop(object: string) {
    return this.ret({ method: 'drop', params: { object } });
  }
  advance(ms: number) {
    return this.ret({ method: 'advance', params: { ms } });
  }
}

/** The eras that are told apart here. */
export const eras = ['linux-6.1', 'linux-6.12'] as const;
