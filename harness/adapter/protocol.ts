/**
 * Protocol 1: the user ABI of the mdev and VFIO core as JSON-RPC calls, and the events they cause.
 * One schema per message; the TypeScript types follow from the schemas.
 */
import { Type, type Static, type TObject, type TProperties } from '@sinclair/typebox';
import type { CAPABILITIES } from './words.js';

/** An object with these fields and no others. */
export const closed = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false });

const Path = Type.String({ pattern: '^/', description: 'absolute path' });
const Fd = Type.Integer({
  description: 'a descriptor returned by open or GET_DEVICE_FD; -1 is none',
});
const Hex = Type.String({ pattern: '^([0-9a-f]{2})*$', description: 'bytes, two digits each' });
const Count = Type.Integer({ minimum: 0 });
const Times = Type.Integer({ minimum: 1 });
const Errno = Type.String({ pattern: '^E[A-Z0-9_]+$', description: 'an error by its name' });
const HeldObject = Type.String({
  pattern: '^(/|vfio_device:.|module:.)',
  description:
    'the path of its directory in sysfs, vfio_device:<name of its device>, module:<name>',
});
const Task = Type.String({
  minLength: 1,
  maxLength: 15,
  description: 'as the kernel, 15 characters',
});

/** The argument of an ioctl: a number, another descriptor, a string, or the bytes of a structure. */
export const IoctlArg = Type.Union([
  Type.Number(),
  Type.String(),
  closed({ fd: Fd }),
  closed({ hex: Hex }),
]);
export type IoctlArg = Static<typeof IoctlArg>;

/** What is asked of Kconfig, and what it comes to. */
export const Symbols = Type.Record(
  Type.String({ pattern: '^[A-Z0-9_]*[A-Z][A-Z0-9_]*$' }),
  Type.Union([Type.Literal('y'), Type.Literal('m'), Type.Literal('n')]),
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'Kconfig symbols and their values',
  },
);

const plain = {
  hello: closed({ protocol: Type.Literal(1), profile: Type.Optional(Type.String()) }),
  reset: closed({}),
  insmod: closed({ module: Type.String(), params: Type.Optional(Type.String()) }),
  rmmod: closed({ module: Type.String() }),
  write: closed({ path: Path, data: Type.String() }),
  read: closed({ path: Path }),
  readlink: closed({ path: Path }),
  list: closed({ path: Path }),
  tree: closed({ path: Path, depth: Count }),
  open: closed({
    path: Path,
    flags: Type.Optional(
      Type.Union([Type.Literal('O_RDONLY'), Type.Literal('O_WRONLY'), Type.Literal('O_RDWR')]),
    ),
  }),
  close: closed({ fd: Fd }),
  fdwrite: closed({ fd: Fd, data: Type.String() }),
  ioctl: closed({ fd: Fd, request: Type.String(), arg: Type.Optional(IoctlArg) }),
  pread: closed({ fd: Fd, offset: Count, count: Count }),
  pwrite: closed({ fd: Fd, offset: Count, hex: Hex }),
  mmap: closed({ fd: Fd, offset: Count, length: Count }),
  task: closed({ task: Task }),
  join: closed({ task: Task }),
  kill: closed({
    task: Task,
    signal: Type.Union([Type.Literal('SIGTERM'), Type.Literal('SIGKILL')]),
  }),
  advance: closed({ ms: Count }),
  fault: closed({ point: Type.String(), errno: Errno, times: Times }),
  hold: closed({ object: HeldObject }),
  drop: closed({ object: HeldObject }),
  kconfig: closed({ profile: Type.Optional(Type.String()), set: Type.Optional(Symbols) }),
  bye: closed({}),
};

/** The methods that `start` can run as another task: the system calls that may sleep. */
export const STARTABLE = ['insmod', 'rmmod', 'write', 'fdwrite', 'close', 'ioctl'] as const;

/** What each method takes. A field that is not named here is refused. */
export const paramSchemas = {
  ...plain,
  start: closed({
    task: Task,
    method: Type.Union(STARTABLE.map((method) => Type.Literal(method))),
    params: Type.Object({}, { description: 'the parameters of that method' }),
  }),
};

export type Method = keyof typeof paramSchemas;
export type Params<M extends Method> = M extends 'start'
  ? { [S in StartableMethod]: { task: string; method: S; params: Params<S> } }[StartableMethod]
  : Static<(typeof paramSchemas)[M]>;
export type StartableMethod = (typeof STARTABLE)[number];

/** One call of protocol 1, discriminated by its method. */
export type Call = { [M in Method]: { method: M; params: Params<M> } }[Method];
/** A call of one given method. */
export type CallOf<M extends Method> = Extract<Call, { method: M }>;

/** One entry of `tree`; `errno` is set where reading the content failed. */
export interface TreeEntry {
  path: string;
  /** st_mode, octal */
  mode: string;
  link?: string;
  data?: string;
  errno?: string;
}

/** What a call came to: `errno` when the kernel refused it, else what the method returns. */
export interface Answer {
  errno?: string;
  ret?: number;
  data?: string;
  names?: string[];
  entries?: TreeEntry[];
  /** Kconfig symbols: y, m or n each */
  values?: Record<string, string>;
  hex?: string;
  arg?: IoctlArg;
  state?: 'running' | 'blocked' | 'done';
  result?: Answer;
}

const Scalar = Type.Union([Type.String(), Type.Number()]);
const Args = Type.Record(Type.String(), Scalar);
const task = Type.String();

/** One kind of event per schema; `ev` tells them apart. */
export const eventSchemas = {
  uevent: closed({
    ev: Type.Literal('uevent'),
    task,
    action: Type.String(),
    devpath: Type.String(),
    env: Type.Record(Type.String(), Type.String()),
  }),
  log: closed({
    ev: Type.Literal('log'),
    task,
    level: Type.Integer({ minimum: 0, maximum: 7 }),
    message: Type.String(),
  }),
  call: closed({ ev: Type.Literal('call'), task, fn: Type.String(), args: Args }),
  return: closed({
    ev: Type.Literal('return'),
    task,
    fn: Type.String(),
    ret: Type.Optional(Type.Number()),
  }),
  callback: closed({
    ev: Type.Literal('callback'),
    task,
    driver: Type.String(),
    op: Type.String(),
    args: Args,
  }),
  'callback-return': closed({
    ev: Type.Literal('callback-return'),
    task,
    driver: Type.String(),
    op: Type.String(),
    ret: Type.Optional(Type.Number()),
  }),
  sysfs: closed({
    ev: Type.Literal('sysfs'),
    task,
    change: Type.Union([Type.Literal('+'), Type.Literal('-')]),
    path: Type.String(),
  }),
};

export type EventKind = keyof typeof eventSchemas;
/** One thing that happened inside the implementation, discriminated by `ev`. */
export type TraceEvent = { [K in EventKind]: Static<(typeof eventSchemas)[K]> }[EventKind];
/** Values that trace points and callbacks report as arguments. */
export type EventArgs = Static<typeof Args>;

/** `vendor:<name>` for each vendor driver, beside the plain words. */
export type Capability = (typeof CAPABILITIES)[number] | `vendor:${string}`;

/** How an implementation introduces itself. */
export interface Hello {
  protocol: 1;
  name: string;
  version: string;
  profile: string;
  capabilities: Capability[];
  observes: EventKind[];
  order: 'total' | 'by-kind';
  clock: 'virtual' | 'real';
}

/** An answer with the events since the previous one, in order. */
export interface Reply {
  answer: Answer;
  events: TraceEvent[];
}
