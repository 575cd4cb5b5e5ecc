/** Calls that run as other tasks. */
import type { Call } from '../adapter/protocol.js';
import { cameOf, expectCame, sentCall } from './say.js';
import type { Bench, Check, Finding } from './types.js';

const TASK = 'fifteen-letters';
const write: Call & { method: 'write' } = {
  method: 'write',
  params: { path: '/sys/no/such/file', data: '1' },
};
const start: Call = { method: 'start', params: { task: TASK, ...write } };
const join: Call = { method: 'join', params: { task: TASK } };

async function startAndJoin(bench: Bench): Promise<Finding | undefined> {
  await bench.call({ method: 'reset', params: {} });
  const wanted = await cameOf(bench, write);
  const begun = await expectCame(bench, start, (came) => came === '{"ret":0}', '{"ret":0}');
  if (begun) return begun;
  const came = await cameOf(bench, join);
  return came === wanted ? undefined : { sent: sentCall(join), came, wanted };
}

async function tellsState(bench: Bench): Promise<Finding | undefined> {
  await bench.call({ method: 'reset', params: {} });
  await bench.call(start);
  const task: Call = { method: 'task', params: { task: TASK } };
  const { answer } = await bench.call(task);
  if (answer.state === 'done' && answer.result !== undefined) return undefined;
  const wanted = '{"state":"done","result":…}, since the call does not wait for anything';
  return { sent: sentCall(task), came: JSON.stringify(answer), wanted };
}

const MINUTE_MS = 60_000;

async function timePasses(bench: Bench): Promise<Finding | undefined> {
  if (bench.hello.clock === 'real') return undefined;
  const call: Call = { method: 'advance', params: { ms: MINUTE_MS } };
  const started = performance.now();
  const came = await cameOf(bench, call);
  const seconds = (performance.now() - started) / 1000;
  if (came === '{"ret":0}' && seconds < 1) return undefined;
  const wanted = '{"ret":0} at once: its clock is virtual';
  return { sent: sentCall(call), came: `${came} after ${seconds.toFixed(1)} s`, wanted };
}

export const TASK_CHECKS: readonly Check[] = [
  {
    id: 'start-and-join',
    title: 'a call that was started as a task is answered by join',
    level: 'MUST',
    needs: 'tasks',
    run: startAndJoin,
  },
  {
    id: 'task-state',
    title: 'a task that is over says so, with what it came to',
    level: 'MUST',
    needs: 'tasks',
    run: tellsState,
  },
  {
    id: 'virtual-time',
    title: 'a virtual clock jumps',
    level: 'MUST',
    needs: 'time',
    run: timePasses,
  },
];
