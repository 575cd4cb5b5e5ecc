/**
 * The reference over stdio, which dies at a random moment: `node fragile.js SEED MOST`. SEED chooses the
 * moment, among the first MOST responses, and the way: before it answers, in the middle of a line,
 * behind it, with a status or by a signal.
 */
import { createInterface } from 'node:readline';
import { writeSync } from 'node:fs';
import { Session } from '../../serve/session.js';
import { reference } from '../reference.js';
import { random } from './random.js';

const [seed, most] = process.argv.slice(2).map(Number) as [number, number];
const next = random(seed);
const moment = 1 + Math.floor(next() * most);
const part = [0, next(), 1][Math.floor(next() * 3)]!;

function die(): never {
  process.stderr.write(`seed ${seed} dies at response ${moment}\n`);
  if (next() < 0.5) process.exit(Math.floor(next() * 4));
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}

const session = new Session(reference, 'linux-6.12');
let responses = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { text } = await session.respond(line);
  const whole = `${text}\n`;
  const dies = ++responses === moment;
  writeSync(1, dies ? whole.slice(0, Math.round(part * whole.length)) : whole);
  if (dies) die();
}
