/** Calls that a kernel refuses or answers: an answer of the right form, whatever is in it. */
import type { Call, Capability } from '../adapter/protocol.js';
import { cameOf, expectCame, sentCall } from './say.js';
import type { Bench, Check, Finding } from './types.js';

const NOWHERE = '/sys/no/such/file';
const reset: Call = { method: 'reset', params: {} };

const isAnswer = (came: string): boolean => came.startsWith('{');
const refusal = (errno: string) => (came: string) => came === JSON.stringify({ errno });
const quoted = (errno: string): string => `{"errno":"${errno}"}, an answer`;

/** The first of several calls with a finding. */
async function first(
  findings: readonly (() => Promise<Finding | undefined>)[],
): Promise<Finding | undefined> {
  for (const find of findings) {
    const finding = await find();
    if (finding) return finding;
  }
  return undefined;
}

const answered = (bench: Bench, call: Call): Promise<Finding | undefined> =>
  expectCame(bench, call, isAnswer, 'an answer, if only an errno');

/** Names that are no plain letters, in places where a program may write anything. */
const UNUSUAL: readonly Call[] = [
  { method: 'read', params: { path: '/sys/é/😀/名' } },
  { method: 'write', params: { path: NOWHERE, data: 'é😀\n\t"\\\u0000' } },
  { method: 'write', params: { path: NOWHERE, data: '' } },
];

const LARGE: readonly Call[] = [
  { method: 'read', params: { path: `/sys/${'x'.repeat(5000)}` } },
  { method: 'write', params: { path: NOWHERE, data: 'x'.repeat(1 << 16) } },
];

/** Methods that exist only behind a capability, each with a call of it. */
const BEHIND: readonly (readonly [Capability, Call])[] = [
  ['faults', { method: 'fault', params: { point: 'device_add', errno: 'ENOMEM', times: 1 } }],
  ['references', { method: 'hold', params: { object: 'module:mdev' } }],
  ['modules', { method: 'insmod', params: { module: 'no_such_module' } }],
  ['tasks', { method: 'task', params: { task: 'nobody' } }],
];

async function undeclared(bench: Bench): Promise<Finding | undefined> {
  return first(
    BEHIND.filter(([word]) => !bench.hello.capabilities.includes(word)).map(
      ([word, call]) =>
        () =>
          expectCame(
            bench,
            call,
            (came) =>
              !isAnswer(came) || (JSON.parse(came) as { errno?: string }).errno !== undefined,
            `an error or a refusal, since it doesn’t claim ${word}`,
          ),
    ),
  );
}

async function resetForgets(bench: Bench): Promise<Finding | undefined> {
  const load: Call = { method: 'insmod', params: { module: 'mdev' } };
  await bench.call(reset);
  const before = await cameOf(bench, load);
  await bench.call(reset);
  const after = await cameOf(bench, load);
  await bench.call(reset);
  if (before === after) return undefined;
  return { sent: `reset, ${sentCall(load)}, reset, the same`, came: after, wanted: before };
}

const CALLS = 200;
const SLOW_MS = 20;
/** Whoever is slow is not measured for longer than this. */
const ENOUGH_MS = 500;

async function speed(bench: Bench): Promise<Finding | undefined> {
  const call: Call = { method: 'read', params: { path: NOWHERE } };
  const started = performance.now();
  let [made, spent] = [0, 0];
  while (made < CALLS && spent < ENOUGH_MS) {
    await bench.call(call);
    made++;
    spent = performance.now() - started;
  }
  const each = spent / made;
  if (each <= SLOW_MS) return undefined;
  const came = `${each.toFixed(1)} ms a call`;
  return { sent: `${made} times ${sentCall(call)}`, came, wanted: `${SLOW_MS} ms at most` };
}

const must = (id: string, title: string, run: Check['run'], needs?: Capability): Check => ({
  id,
  title,
  level: 'MUST',
  run,
  ...(needs && { needs }),
});

const refuses =
  (call: Call, errno: string): Check['run'] =>
  (bench) =>
    expectCame(bench, call, refusal(errno), quoted(errno));

export const ANSWER_CHECKS: readonly Check[] = [
  must('reset', 'reset makes a fresh machine', (bench) =>
    expectCame(bench, reset, (came) => came === '{"ret":0}', '{"ret":0}'),
  ),
  must('reset-forgets', 'after a reset, what was loaded is not loaded', resetForgets, 'modules'),
  must(
    'refusal',
    'what the kernel refuses is an answer with the name of the error',
    refuses({ method: 'read', params: { path: NOWHERE } }, 'ENOENT'),
    'sysfs',
  ),
  must(
    'no-descriptor',
    'a descriptor that nobody opened is EBADF',
    refuses({ method: 'close', params: { fd: 4711 } }, 'EBADF'),
    'vfio-group',
  ),
  must(
    'unusual-texts',
    'names and data may be any Unicode',
    (bench) => first(UNUSUAL.map((call) => () => answered(bench, call))),
    'sysfs',
  ),
  must(
    'large-texts',
    'names and data may be long',
    (bench) => first(LARGE.map((call) => () => answered(bench, call))),
    'sysfs',
  ),
  must('undeclared', 'what it doesn’t claim, it doesn’t do', undeclared),
  {
    ...must('speed', `a call takes ${SLOW_MS} ms at most`, speed, 'sysfs'),
    level: 'SHOULD',
  },
];
