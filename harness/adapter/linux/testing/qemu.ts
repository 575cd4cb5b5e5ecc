/**
 * Stands in for QEMU with an agent in it: says how it began, saves a state when it is told to, and panics,
 * hangs or talks nonsense when a file is read that means it to.
 */
import { execSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
const after = (flag: string): string => args[args.indexOf(flag) + 1]!;
const consoleLog = after('-serial').replace(/^file:/, '');
const control = /^unix:([^,]+)/.exec(after('-qmp'))![1]!;
const began = args.includes('-incoming')
  ? execSync(after('-incoming').replace(/^exec:/, ''), { encoding: 'utf8' })
  : 'booted';
if (began === 'of no use') process.exit(1);
appendFileSync(consoleLog, `${began}\n`);

createServer((socket) => {
  socket.write(`${JSON.stringify({ QMP: {} })}\n`);
  createInterface(socket).on('line', (line) => {
    const request = JSON.parse(line) as { execute: string; arguments: { uri?: string } };
    const { uri } = request.arguments;
    if (uri !== undefined) execSync(uri.replace(/^exec:/, ''), { input: 'restored' });
    socket.write(`${JSON.stringify({ return: { status: 'completed' } })}\n`);
  });
}).listen(control);

/** How it answers, by the path that is asked for. */
const ODD: Readonly<Record<string, () => void>> = {
  '/panic': () => {
    appendFileSync(consoleLog, 'Kernel panic - not syncing: asked to\n');
    process.exit(0);
  },
  '/hang': () => undefined,
  '/nonsense': () => process.stdout.write('not JSON\n'),
};

const records = { tasks: {}, uevents: [], log: [] };
const CALL = '  main-1 [000] d..1. 1.0: device_del: (device_del+0x0/0x9) dev="A"\n';

interface Asked {
  id: number;
  method: string;
  params: { path?: string };
}

createInterface(process.stdin).on('line', (line) => {
  const { id, method, params } = JSON.parse(line) as Asked;
  const odd = ODD[params.path ?? ''];
  if (odd) {
    odd();
    return;
  }
  const trace = method === 'read' ? CALL : '';
  const answer =
    method === 'read' ? { ret: began.length, data: began } : { ret: 0, version: '6.1.0-test' };
  const result = { ...answer, records: { ...records, trace } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
});
