import { expect } from 'chai';
import type { Adapter } from '../adapter/adapter.js';
import type { Opened } from '../adapter/kinds.js';
import type { Answer, Call, Hello, Reply } from '../adapter/protocol.js';
import { reference } from '../adapter/reference.js';
import { AdapterFault } from '../errors.js';
import { Session } from '../serve/session.js';
import { checkAdapter } from './run.js';
import type { Result } from './types.js';

/** What a broken implementation does differently. */
interface Breakage {
  hello?: Partial<Hello>;
  call?: (call: Call, answer: () => Answer) => Answer;
  exchange?: (line: string) => string;
}

/** The reference, broken in some way. */
function opened({ hello, call, exchange }: Breakage): Opened {
  const session = new Session(reference, 'linux-6.12');
  return {
    profiles: async () => ['linux-6.12'],
    async factory(profile) {
      const inner: Adapter = await reference(profile);
      return {
        hello: { ...inner.hello, ...hello },
        async call(made): Promise<Reply> {
          const { answer, events } = await inner.call(made);
          return { answer: call ? call(made, () => answer) : answer, events };
        },
        close: () => inner.close(),
      };
    },
    exchange: async (line) => exchange?.(line) ?? (await session.respond(line)).text,
    close: async () => undefined,
  };
}

async function results(breakage: Breakage): Promise<Result[]> {
  const all: Result[] = [];
  for await (const result of checkAdapter(opened(breakage), 1000)) all.push(result);
  return all;
}

const findings = async (breakage: Breakage): Promise<string[]> =>
  (await results(breakage)).flatMap(({ id, kind }) => (kind === 'finding' ? [id] : []));

const on =
  (method: Call['method'], wrong: Answer) =>
  (call: Call, right: () => Answer): Answer =>
    call.method === method ? wrong : right();

const error = (code: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 900, error: { code, message: 'no' } });

function fault(): never {
  throw new AdapterFault('E_ADAPTER_EXIT', 'it ended with status 3');
}

/** What is broken → the checks that find it. */
const BREAKAGES: readonly [string, Breakage, string[]][] = [
  ['nothing', {}, []],
  ['reset refuses', { call: on('reset', { errno: 'EIO' }) }, ['reset']],
  ['errors are successes', { call: on('read', { ret: 0, data: '' }) }, ['refusal']],
  ['closing anything works', { call: on('close', { ret: 0 }) }, ['no-descriptor']],
  [
    'a module stays loaded',
    {
      call: (() => {
        let loads = 0;
        return (call: Call, right: () => Answer) =>
          call.method === 'insmod' && ++loads > 1 ? { errno: 'EEXIST' } : right();
      })(),
    },
    ['reset-forgets'],
  ],
  [
    'it dies of a character',
    {
      call: (call, right) =>
        call.method === 'read' && /[^ -~]/.test(call.params.path) ? fault() : right(),
    },
    ['unusual-texts'],
  ],
  [
    'it dies of a long name',
    {
      call: (call, right) =>
        call.method === 'read' && call.params.path.length > 4096 ? fault() : right(),
    },
    ['large-texts'],
  ],
  [
    'it does what it does not claim',
    { hello: { capabilities: ['sysfs'] }, call: on('task', { state: 'done' }) },
    ['undeclared'],
  ],
  ['start refuses', { call: on('start', { errno: 'EIO' }) }, ['start-and-join']],
  ['a task is never done', { call: on('task', { state: 'running' }) }, ['task-state']],
  ['time refuses to pass', { call: on('advance', { errno: 'EINVAL' }) }, ['virtual-time']],
  [
    'every line is an unknown method',
    { exchange: () => error(-32601) },
    ['missing-parameter', 'unknown-parameter', 'no-json', 'no-request', 'goes-on'],
  ],
  [
    'no line is an error',
    { exchange: () => '{"jsonrpc":"2.0","id":900,"result":{"ret":0}}' },
    ['unknown-method', 'missing-parameter', 'unknown-parameter', 'no-json', 'no-request'],
  ],
  [
    'it answers what is no JSON',
    { exchange: () => 'hello there' },
    [
      'unknown-method',
      'missing-parameter',
      'unknown-parameter',
      'no-json',
      'no-request',
      'goes-on',
    ],
  ],
];

describe('adapter check', () => {
  for (const [what, breakage, expected] of BREAKAGES) {
    it(`finds that ${what}`, async () => {
      expect(await findings(breakage)).to.deep.equal(expected);
    });
  }

  it('says what was sent, what came and what should have come', async () => {
    const all = await results({ call: on('close', { ret: 0 }) });
    const result = all.find(({ id }) => id === 'no-descriptor')!;
    expect(result).to.have.property('finding').that.deep.equals({
      sent: 'close {"fd":4711}',
      came: '{"ret":0}',
      wanted: '{"errno":"EBADF"}, an answer',
    });
  });

  it('finds that it is slow', async () => {
    const quick = opened({});
    const slow: Opened = {
      ...quick,
      async factory(profile) {
        const inner = await quick.factory(profile);
        const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));
        return { ...inner, call: async (call) => pause().then(() => inner.call(call)) };
      },
    };
    const found: string[] = [];
    for await (const { id, kind } of checkAdapter(slow, 1000)) {
      if (kind === 'finding') found.push(id);
    }
    expect(found).to.deep.equal(['speed']);
  });

  it('tries nothing that is not claimed, and no line where there is no wire', async () => {
    const { profiles, factory, close } = opened({ hello: { capabilities: [] } });
    const wireless: Opened = { profiles, factory, close };
    const all: Result[] = [];
    for await (const result of checkAdapter(wireless, 1000)) all.push(result);
    const reasons = all.flatMap((each) => (each.kind === 'not-applicable' ? [each.reason] : []));
    expect(reasons).to.include.members(['it doesn’t claim sysfs', 'there is no wire']);
  });

  it('tries nothing without a handshake', async () => {
    const silent: Opened = {
      ...opened({}),
      profiles: async () => {
        throw new AdapterFault('E_ADAPTER_TIMEOUT', 'it did not answer');
      },
    };
    const all: Result[] = [];
    for await (const result of checkAdapter(silent, 1000)) all.push(result);
    expect(all.map(({ id, kind }) => [id, kind])).to.deep.equal([['handshake', 'finding']]);
  });
});
