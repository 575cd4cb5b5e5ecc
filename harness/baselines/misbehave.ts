/**
 * A program that speaks protocol 1 as little as it can, and badly in one way: `node misbehave.js WAY [CLAIMS]`.
 * What a way does instead of answering is done at the first `write`. CLAIMS are capabilities, with commas.
 */
import { closeSync } from 'node:fs';
import { createInterface } from 'node:readline';

interface Request {
  id: number;
  method: string;
}

const HELLO = {
  protocol: 1,
  name: 'misbehave',
  version: '1',
  profile: 'linux-6.12',
  capabilities: process.argv[3]?.split(',') ?? [],
  observes: [],
  order: 'total',
  clock: 'virtual',
};

const out = (text: string): void => void process.stdout.write(text);
const respond = (id: unknown, result: object): void =>
  out(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
const error = (id: unknown, body: object): void =>
  out(`${JSON.stringify({ jsonrpc: '2.0', id, error: body })}\n`);
/** Whether it has done what it does badly, and takes no notice of what was sent ahead. */
let deaf = false;
function forever(): void {
  deaf = true;
  setInterval(() => undefined, 1000);
}

const WAYS: Readonly<Record<string, (id: number) => void>> = {
  well: (id) => respond(id, { ret: 36, events: [] }),
  pid: (id) => {
    const message = String(process.pid);
    respond(id, { ret: 0, events: [{ ev: 'log', task: 'main', level: 6, message }] });
  },
  crash: () => {
    process.stderr.write('the last words\n');
    process.exit(3);
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  sleep: forever,
  'sleep-deaf': () => {
    process.on('SIGTERM', () => undefined);
    forever();
  },
  babble: () => out('hello there\n'),
  'not-utf8': () => void process.stdout.write(Buffer.from([0x22, 0xff, 0x22, 0x0a])),
  'no-object': () => out('[1]\n'),
  'half-line': () => {
    deaf = true;
    process.stdout.write('{"jsonrpc":"2.0","id', () => process.exit(0));
  },
  'endless-line': () => {
    deaf = true;
    const part = 'x'.repeat(1 << 20);
    const more = (): void => void process.stdout.write(part, more);
    more();
  },
  'wrong-id': (id) => respond(id + 1, { ret: 0, events: [] }),
  'no-id': () => out('{"jsonrpc":"2.0","result":{"ret":0,"events":[]}}\n'),
  'no-version': (id) => out(`{"id":${id},"result":{"ret":0,"events":[]}}\n`),
  both: (id) => out(`{"jsonrpc":"2.0","id":${id},"result":{},"error":{}}\n`),
  'more-envelope': (id) => out(`{"jsonrpc":"2.0","id":${id},"result":{},"extra":1}\n`),
  'bad-error': (id) => error(id, { message: 'no code' }),
  error: (id) => error(id, { code: -32050, message: 'out of paper' }),
  'own-error': (id) => error(id, { code: -32000, message: 'leak', data: { code: 'E_MODEL' } }),
  'no-method': (id) => error(id, { code: -32601, message: 'no write here' }),
  unread: () => error(null, { code: -32700, message: 'what?' }),
  'unknown-field': (id) => respond(id, { ret: 0, colour: 'red', events: [] }),
  'no-ret': (id) => respond(id, { events: [] }),
  'both-answers': (id) => respond(id, { ret: 0, errno: 'EIO', events: [] }),
  'no-events': (id) => respond(id, { ret: 0 }),
  'bad-event': (id) =>
    respond(id, { ret: 0, events: [{ ev: 'log', task: 'main', level: 9, message: '' }] }),
  'no-event': (id) => respond(id, { ret: 0, events: [{ ev: 'rumour' }] }),
  'closed-stdout': () => {
    process.stdout.end();
    process.stdout.destroy();
    forever();
  },
  'closed-stdin': (id) => {
    closeSync(0);
    respond(id, { ret: 36, events: [] });
    forever();
  },
  twice: (id) => {
    respond(id, { ret: 36, events: [] });
    respond(id, { ret: 36, events: [] });
  },
};

const way = WAYS[process.argv[2] ?? 'well']!;
createInterface({ input: process.stdin }).on('line', (line) => {
  if (deaf) return;
  const { id, method } = JSON.parse(line) as Request;
  if (method === 'hello') respond(id, { ...HELLO, events: [] });
  else if (method === 'write') way(id);
  else respond(id, { ret: 0, events: [] });
  if (method === 'bye') process.exit(0);
});
