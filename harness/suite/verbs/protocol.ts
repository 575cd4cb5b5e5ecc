/** Verbs that are methods of protocol 1. */
import type { Params } from '../../adapter/protocol.js';
import { either, integer, object, optional, text, word } from '../builders.js';
import { substitute } from '../uuids.js';
import * as field from './fields.js';
import { call, fd, verb, writeTo } from './verb.js';

const onPath = (method: 'read' | 'readlink' | 'list', description: string) =>
  verb(description, field.path, (path) => call(method, { path: substitute(path) }));

const UNIT_MS = { ms: 1, s: 1000 };

/** `10s`, `500ms` or a number of milliseconds. */
function milliseconds(time: string | number): number {
  if (typeof time === 'number') return time;
  const [, amount, unit] = /^(\d+)(ms|s)$/.exec(time)!;
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** A module and its parameters as on insmod's command line. */
export function moduleAndParams(line: string): Params<'insmod'> {
  const [module = '', ...params] = line.trim().split(/\s+/);
  return { module, ...(params.length > 0 && { params: params.join(' ') }) };
}

function loadModule(value: string | Params<'insmod'>) {
  return call('insmod', typeof value === 'object' ? value : moduleAndParams(value));
}

type Arg = string | number | { fd: string | number } | { hex: string };

function ioctlArg(arg: Arg) {
  if (typeof arg === 'string') return substitute(arg);
  if (typeof arg === 'object' && 'fd' in arg) return { fd: fd(arg.fd) };
  return arg;
}

const openFlags = word(['O_RDONLY', 'O_WRONLY', 'O_RDWR'], 'how to open; absent: O_RDWR');

export const protocolVerbs = {
  insmod: verb(
    'load a module',
    either(
      'module and parameters',
      text('as on the command line: mscript probe_ret=-12', 'insmod'),
      object(
        {
          module: text('name of the module', 'name'),
          params: optional(text('as on the command line')),
        },
        'module and parameters apart',
      ),
    ),
    loadModule,
  ),
  rmmod: verb('unload a module', text('name of the module', 'name'), (module) =>
    call('rmmod', { module }),
  ),
  write: verb(
    'write to a file: open, one write, close',
    object({ path: field.path, data: field.data }, 'where and what'),
    ({ path, data }) => writeTo(path, data),
  ),
  read: onPath('read', 'read a file'),
  readlink: onPath('readlink', 'read where a link leads'),
  list: onPath('list', 'list a directory'),
  tree: verb(
    'list a directory and what is below it',
    object({ path: field.path, depth: integer('how deep', 0) }, 'where and how deep'),
    ({ path, depth }) => call('tree', { path: substitute(path), depth }),
  ),
  open: verb(
    'open a file',
    either(
      'which file',
      field.path,
      object({ path: field.path, flags: optional(openFlags), as: field.as }, 'and how'),
    ),
    (value, as) => {
      const { path, flags } = typeof value === 'string' ? { path: value } : value;
      return call('open', { path: substitute(path), ...(flags && { flags }) }, as);
    },
    { as: 'optional' },
  ),
  close: verb('close a descriptor', field.descriptor, (name) => call('close', { fd: fd(name) })),
  fdwrite: verb(
    'write through a descriptor',
    object({ fd: field.descriptor, data: field.data }, 'where and what'),
    (value) => call('fdwrite', { fd: fd(value.fd), data: substitute(String(value.data)) }),
  ),
  ioctl: verb(
    'make an ioctl',
    object(
      {
        fd: field.descriptor,
        request: field.request,
        arg: optional(
          either(
            'the argument',
            integer('a number'),
            text('a string', 'text'),
            object(
              { fd: optional(field.descriptor), hex: optional(field.hex) },
              'a descriptor or the bytes of a structure',
              { noun: 'form of an argument', keys: ['fd', 'hex'] },
            ),
          ),
        ),
        as: field.as,
      },
      'descriptor, request and argument',
    ),
    ({ fd: name, request, arg }, as) =>
      call(
        'ioctl',
        { fd: fd(name), request, ...(arg !== undefined && { arg: ioctlArg(arg as Arg) }) },
        as,
      ),
    { as: 'optional' },
  ),
  pread: verb(
    'read bytes at an offset',
    object({ fd: field.descriptor, offset: field.offset, count: field.count }, 'from where'),
    (value) => call('pread', { ...value, fd: fd(value.fd) }),
  ),
  pwrite: verb(
    'write bytes at an offset',
    object({ fd: field.descriptor, offset: field.offset, hex: field.hex }, 'where and what'),
    (value) => call('pwrite', { ...value, fd: fd(value.fd) }),
  ),
  mmap: verb(
    'map a part of a device',
    object({ fd: field.descriptor, offset: field.offset, length: field.count }, 'which part'),
    (value) => call('mmap', { ...value, fd: fd(value.fd) }),
  ),
  task: verb('ask for the state of a task', field.task, (task) => call('task', { task })),
  join: verb('take the result of a task', field.task, (task) => call('join', { task })),
  kill: verb(
    'send a signal to a task',
    object(
      { task: field.task, signal: word(['SIGTERM', 'SIGKILL'], 'which signal') },
      'whom and what',
    ),
    (value) => call('kill', value),
  ),
  advance: verb(
    'let time pass',
    either('how long', integer('milliseconds', 0), text('10s or 500ms', 'duration')),
    (time) => call('advance', { ms: milliseconds(time) }),
  ),
};
