/** Arbitrary traces for property tests, with strings chosen to break quoting. */
import fc from 'fast-check';
import type { Answer, Call, TraceEvent, TreeEntry } from '../../adapter/protocol.js';
import type { StepRecord, Trace } from '../types.js';

const NASTY = [
  '',
  ' ',
  '"',
  '=',
  '<',
  '> x',
  '0',
  '-1',
  '1e3',
  '007',
  '-0',
  'void',
  'A',
  '\\A',
  '{A}',
];
const MORE = [
  'a b',
  'a=b',
  '\n',
  '\r\n',
  '\t',
  '\\',
  '\u2028',
  '\u202e',
  'é',
  '漢',
  '\ud800',
  '💥',
  'log',
];
const WORDS = [
  '__proto__',
  'callback',
  'uevent',
  '+',
  '-',
  'name',
  'entry',
  'result',
  'dev',
  'mtty.probe',
  '/sys/a',
];

/** Any text, often one that looks like syntax. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY, ...MORE, ...WORDS),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 55, maxLength: 90 }),
  fc.string(),
);
/** A number as JSON has it; -0 has no text of its own. */
export const number: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
);
const task = fc.constantFrom('main', 'main', 'remover', 'a b', '7');
const fn = fc.oneof(fc.constantFrom('device_add', 'device_del'), text);
const driver = fc.oneof(fc.constantFrom('mtty', 'a.b'), text);
const args = fc.dictionary(
  fc.oneof(fc.constantFrom('dev', 'hex', 'a.b'), text),
  fc.oneof(text, number),
  {
    maxKeys: 4,
  },
);
const ret = fc.option(number, { nil: undefined });

/** Removes keys whose value is undefined: JSON has none. */
function dense<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

/** One event of any kind. */
export const event: fc.Arbitrary<TraceEvent> = fc.oneof(
  fc.record({
    ev: fc.constant('sysfs' as const),
    task,
    change: fc.constantFrom('+', '-'),
    path: text,
  }),
  fc.record({
    ev: fc.constant('uevent' as const),
    task,
    action: text,
    devpath: text,
    env: fc.dictionary(text, text, { maxKeys: 4 }),
  }),
  fc.record({ ev: fc.constant('log' as const), task, level: fc.nat(7), message: text }),
  fc.record({ ev: fc.constant('call' as const), task, fn, args }),
  fc.record({ ev: fc.constant('return' as const), task, fn, ret }).map(dense),
  fc.record({ ev: fc.constant('callback' as const), task, driver, op: text, args }),
  fc
    .record({ ev: fc.constant('callback-return' as const), task, driver, op: text, ret })
    .map(dense),
);

const entry: fc.Arbitrary<TreeEntry> = fc
  .record({
    path: text,
    mode: fc.oneof(fc.constant('40755'), text),
    link: optional(text),
    data: optional(text),
    errno: optional(text),
  })
  .map(dense) as fc.Arbitrary<TreeEntry>;
const hex = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const arg = fc.oneof(number, text, fc.record({ fd: fc.integer() }), fc.record({ hex }));

const { answer } = fc.letrec<{ answer: Answer }>((tie) => ({
  answer: fc
    .record({
      errno: optional(text),
      ret: optional(number),
      data: optional(text),
      names: optional(fc.array(text, { maxLength: 4 })),
      entries: optional(fc.array(entry, { maxLength: 3 })),
      values: optional(fc.dictionary(text, text, { maxKeys: 3 })),
      hex: optional(hex),
      arg: optional(arg),
      state: optional(fc.constantFrom('running' as const, 'blocked' as const, 'done' as const)),
      result: fc.option(tie('answer'), { nil: undefined, maxDepth: 2, freq: 1 }),
    })
    .map(dense) as fc.Arbitrary<Answer>,
}));

const write = fc.record({
  method: fc.constant('write' as const),
  params: fc.record({ path: text, data: text }),
});
const call: fc.Arbitrary<Call> = fc.oneof(
  write,
  fc.record({
    method: fc.constant('start' as const),
    params: fc
      .record({ task, inner: write })
      .map(({ task: name, inner }) => ({ task: name, ...inner })),
  }),
  fc.record({
    method: fc.constant('ioctl' as const),
    params: fc.record({ fd: fc.integer(), request: text, arg: optional(arg) }).map(dense),
  }),
  fc.record({
    method: fc.constant('insmod' as const),
    params: fc.record({ module: text, params: optional(text) }).map(dense),
  }),
  fc.record({
    method: fc.constant('pwrite' as const),
    params: fc.record({ fd: fc.integer(), offset: fc.nat(), hex }),
  }),
  fc.record({
    method: fc.constant('fault' as const),
    params: fc.record({ point: text, errno: text, times: fc.integer({ min: 1 }) }),
  }),
  fc.record({
    method: fc.constantFrom('hold' as const, 'drop' as const),
    params: fc.record({ object: text }),
  }),
  fc.record({
    method: fc.constant('kconfig' as const),
    params: fc
      .record({
        profile: optional(text),
        set: optional(
          fc.dictionary(
            fc.stringMatching(/^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/),
            fc.constantFrom('y', 'm', 'n'),
            {
              minKeys: 1,
            },
          ),
        ),
      })
      .map(dense),
  }),
  fc.constant({ method: 'reset' as const, params: {} }),
  fc.record({ method: fc.constant('advance' as const), params: fc.record({ ms: fc.nat() }) }),
) as fc.Arbitrary<Call>;

const step: fc.Arbitrary<StepRecord> = fc.record({
  call,
  answer,
  events: fc.array(event, { maxLength: 12 }),
});

/** A whole trace. */
export const trace: fc.Arbitrary<Trace> = fc.array(step, { maxLength: 4 });
