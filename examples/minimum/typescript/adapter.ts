/** The least that speaks protocol 1: it introduces itself, and has files that nobody wrote yet. */
import { createInterface } from 'node:readline';

type Answer = { ret: number; data?: string } | { errno: string };
interface Request {
  id: number;
  method: string;
  params: Record<string, unknown>;
}

const hello = {
  protocol: 1,
  name: 'minimum-typescript',
  version: '0',
  profile: 'linux-6.1',
  capabilities: ['sysfs'],
  observes: [],
  order: 'total',
  clock: 'virtual',
};

/** Methods of the protocol, by their names; what the kernel would refuse is an answer, too. */
const machine: Record<string, (params: Request['params']) => Answer> = {
  reset: () => ({ ret: 0 }),
  write: () => ({ errno: 'ENOENT' }),
  read: () => ({ errno: 'ENOENT' }),
  bye: () => ({ ret: 0 }),
};

function respond({ id, method, params }: Request): object {
  const head = { jsonrpc: '2.0', id };
  if (method === 'hello') return { ...head, result: { ...hello, events: [] } };
  const call = Object.hasOwn(machine, method) ? machine[method] : undefined;
  if (!call) return { ...head, error: { code: -32601, message: `no method ${method}` } };
  return { ...head, result: { ...call(params), events: [] } };
}

createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify(respond(JSON.parse(line) as Request))}\n`);
});
