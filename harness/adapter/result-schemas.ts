/** What each method of protocol 1 comes to, as schemas: for its reference; results.ts says the same in time. */
import { Type, type TProperties, type TSchema } from '@sinclair/typebox';
import { IoctlArg, Symbols, closed, type Method } from './protocol.js';
import { CAPABILITIES, EVENT_KINDS, VENDOR } from './words.js';

const words = (list: readonly string[], description?: string) =>
  Type.Union(
    list.map((word) => Type.Literal(word)),
    description === undefined ? {} : { description },
  );

const Ret = Type.Integer({ description: 'what the system call returned' });
const Zero = Type.Literal(0);
const Name = Type.String({ minLength: 1 });
const Errno = Type.String({
  pattern: '^E[A-Z0-9_]+$',
  description: 'the name of the error with which the kernel refuses the call',
});

/** One entry of `tree`; `errno` is set where reading the content failed. */
export const TreeEntrySchema = closed({
  path: Type.String(),
  mode: Type.String({ pattern: '^[0-7]+$', description: 'st_mode, octal' }),
  link: Type.Optional(Type.String({ description: 'the text of a link' })),
  data: Type.Optional(Type.String({ description: 'up to 4096 bytes of a file that can be read' })),
  errno: Type.Optional(Errno),
});

const called = { ret: Ret, arg: Type.Optional(IoctlArg) };
const TaskResult = Type.Union([closed({ errno: Errno }), closed(called)], {
  description: 'once it is done; none if the task was killed',
});

const Capability = Type.Union([
  ...CAPABILITIES.map((word) => Type.Literal(word)),
  Type.String({ pattern: VENDOR.source }),
]);

const hello = {
  protocol: Type.Literal(1),
  name: Name,
  version: Type.String(),
  profile: Name,
  capabilities: Type.Array(Capability, { description: 'the words below' }),
  observes: Type.Array(words(EVENT_KINDS)),
  order: words(
    ['total', 'by-kind'],
    'whether the order of events of different kinds can be trusted',
  ),
  clock: words(['virtual', 'real'], 'whether advance jumps or sleeps'),
};

const done = { ret: Zero };
const returned = { ret: Ret };

/** The fields of an answer, by method, where the kernel doesn't refuse the call. */
export const answerFields = {
  hello,
  reset: done,
  insmod: returned,
  rmmod: returned,
  write: { ret: Type.Integer({ description: 'how many bytes were taken' }) },
  read: {
    ret: Type.Integer({ minimum: 0, description: 'how many bytes were read' }),
    data: Type.String(),
  },
  readlink: { ret: Zero, data: Type.String({ description: 'the text of the link' }) },
  list: {
    ret: Zero,
    names: Type.Array(Type.String(), {
      description: 'sorted; directories end in /, links in @',
    }),
  },
  tree: { ret: Zero, entries: Type.Array(TreeEntrySchema) },
  open: { ret: Type.Integer({ description: 'the descriptor' }) },
  close: returned,
  fdwrite: { ret: Type.Integer({ description: 'how many bytes were taken' }) },
  ioctl: called,
  pread: { ret: Ret, hex: Type.Optional(Type.String({ pattern: '^([0-9a-f]{2})*$' })) },
  pwrite: returned,
  mmap: returned,
  start: done,
  task: {
    state: words(['running', 'blocked', 'done']),
    result: Type.Optional(TaskResult),
  },
  join: called,
  kill: done,
  advance: done,
  fault: done,
  hold: done,
  drop: done,
  kconfig: { ret: Zero, values: Symbols },
  bye: done,
} satisfies Readonly<Record<Method, TProperties>>;

/** The kernel refused the call. */
export const RefusedSchema = closed({ errno: Errno });

/** What an answer to a method may be, without its events. */
export const answerSchema = (method: Method): TSchema =>
  Type.Union([RefusedSchema, closed(answerFields[method])]);
