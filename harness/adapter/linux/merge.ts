/**
 * What the guest recorded, as events in the order in which the kernel produced them. The trace buffer
 * has that order; the contents of uevents and the levels of log lines come from elsewhere.
 */
import type { TraceEvent } from '../protocol.js';
import { Log, type LogLine } from './log.js';
import { CALLBACKS, POINTS, RETURN } from './probes.js';
import { fieldsOf, traceLines, type TraceLine } from './trace-lines.js';
import { argsOf, returned } from './values.js';

/** What the agent adds to an answer. */
export interface Records {
  /** process number → name */
  tasks: Readonly<Record<string, string>>;
  trace: string;
  /** variables, `NAME=value` */
  uevents: readonly (readonly string[])[];
  log: readonly LogLine[];
}

type Fields = Readonly<Record<string, string>>;
type Told = TraceEvent | undefined;

/** A function that was entered and not left yet. */
interface Frame {
  fn: string;
  /** what it is about to make in sysfs */
  path?: string;
}

/** What one thread is in the middle of. */
interface Thread {
  task: string;
  frames: Frame[];
  /** a link that is being taken away: whether there was one, the next return tells */
  link?: string;
}

/** Variables that are told in another way, or differ from boot to boot. */
const APART: readonly string[] = ['ACTION', 'DEVPATH', 'SEQNUM', 'MAJOR', 'MINOR'];

const steadyPath = (path: string): string =>
  path.replace(/^(\/sys\/dev\/(?:char|block))\/\d+:\d+$/, '$1/<major>:<minor>');

/** The path of an object of sysfs, of which the names come from the inside. */
function pathOf(fields: Fields, name?: string): string {
  const names: string[] = name === undefined ? [] : [name];
  for (let i = 0; fields[`n${i}`] !== undefined; i++) names.unshift(fields[`n${i}`]!);
  return steadyPath(`/sys/${names.join('/')}`);
}

/** The agent is the first process. */
const MAIN_PID = '1';

export class Merger {
  private readonly log = new Log();
  private readonly threads = new Map<string, Thread>();
  private uevents: Fields[] = [];

  /** @throws AdapterFault `E_ADAPTER_TRACE` */
  events({ tasks, trace, uevents, log }: Records): TraceEvent[] {
    this.log.push(log);
    for (const variables of uevents) {
      const pairs = variables.map((variable): [string, string] => {
        const at = variable.indexOf('=');
        return [variable.slice(0, at), variable.slice(at + 1)];
      });
      this.uevents.push(Object.fromEntries(pairs));
    }
    const events: TraceEvent[] = [];
    for (const line of traceLines(trace)) {
      const told = this.told(line, this.threadOf(line, tasks));
      if (told) events.push(told);
    }
    return events;
  }

  private threadOf({ pid, thread }: TraceLine, tasks: Records['tasks']): Thread {
    const known = this.threads.get(pid);
    // Threads of the kernel have names such as kworker/0:1.
    const task = pid === MAIN_PID ? 'main' : (tasks[pid] ?? thread.replace(/[/:].*/s, ''));
    if (known?.task === task) return known;
    const made: Thread = { task, frames: [] };
    this.threads.set(pid, made);
    return made;
  }

  private told({ event, rest }: TraceLine, thread: Thread): Told {
    if (event === 'console') {
      const line = this.log.take(rest);
      return line && { ev: 'log', task: thread.task, ...line };
    }
    const fields = fieldsOf(rest);
    if (event.endsWith(RETURN)) return this.left(event.slice(0, -RETURN.length), fields, thread);
    return this.entered(event, fields, thread);
  }

  private entered(fn: string, fields: Fields, thread: Thread): Told {
    const { task, frames } = thread;
    switch (fn) {
      case 'netlink_broadcast':
        return this.uevent(fields['uevent'], task);
      case 'sysfs_remove_dir':
        if (fields['sd'] === '0x0') return undefined;
        return { ev: 'sysfs', task, change: '-', path: pathOf(fields) };
      case 'sysfs_remove_link':
      case 'sysfs_delete_link':
        thread.link = pathOf(fields, fields['name']);
        return undefined;
      case 'sysfs_create_dir_ns':
      case 'sysfs_create_link':
      case 'sysfs_create_link_nowarn':
        frames.push({ fn, path: pathOf(fields, fields['name']) });
        return undefined;
    }
    frames.push({ fn });
    const callback = CALLBACKS[fn];
    if (!callback) return { ev: 'call', task, fn, args: argsOf(fields) };
    const { driver, op } = callback;
    return { ev: 'callback', task, driver, op, args: argsOf(fields) };
  }

  private left(fn: string, fields: Fields, thread: Thread): Told {
    const { task, frames, link } = thread;
    if (fn === 'kernfs_remove_by_name_ns') {
      delete thread.link;
      if (link === undefined || fields['ret'] !== '0') return undefined;
      return { ev: 'sysfs', task, change: '-', path: link };
    }
    const at = frames.findLastIndex((frame) => frame.fn === fn);
    if (at < 0) return undefined;
    const [frame] = frames.splice(at);
    if (frame!.path !== undefined) {
      return fields['ret'] === '0'
        ? { ev: 'sysfs', task, change: '+', path: frame!.path }
        : undefined;
    }
    const callback = CALLBACKS[fn];
    if (!callback) {
      return { ev: 'return', task, fn, ...returned(fields['ret'], POINTS[fn]!.returns) };
    }
    const { driver, op, returns } = callback;
    return { ev: 'callback-return', task, driver, op, ...returned(fields['ret'], returns) };
  }

  /** What goes to the listeners begins `action@path`; other messages than uevents don't. */
  private uevent(header: string | undefined, task: string): Told {
    const at = this.uevents.findIndex(
      ({ ACTION, DEVPATH }) => `${ACTION ?? ''}@${DEVPATH ?? ''}` === header,
    );
    if (at < 0) return undefined;
    const [variables] = this.uevents.splice(at, 1);
    const env = Object.entries(variables!).filter(([name]) => !APART.includes(name));
    return {
      ev: 'uevent',
      task,
      action: variables!['ACTION']!,
      devpath: variables!['DEVPATH']!,
      env: Object.fromEntries(env),
    };
  }
}
