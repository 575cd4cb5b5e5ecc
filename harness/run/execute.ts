/** Makes the calls of one case on an implementation, and holds each answer against its expectation. */
import type { Adapter } from '../adapter/adapter.js';
import type { Answer, Call, Reply } from '../adapter/protocol.js';
import { AdapterFault } from '../errors.js';
import type { CompiledCall, CompiledCase } from '../suite/compiled.js';
import { checkAnswer } from '../suite/judge.js';
import type { ProfileName } from '../suite/profiles.js';
import { resolveCall } from '../suite/resolve.js';
import { faultOf } from './fault.js';
import { finish } from './finish.js';
import type { Execution, MadeCall } from './types.js';

const RESET: Call = { method: 'reset', params: {} };

/**
 * The calls before the first step: a fresh machine, and the modules that the case takes for granted,
 * where the implementation has modules at all.
 */
function prologue({ loaded }: CompiledCase, { hello }: Adapter): Call[] {
  const loads = hello.capabilities.includes('modules') ? loaded : [];
  return [
    RESET,
    ...loads
      .filter(({ only }) => only?.includes(hello.profile) ?? true)
      .map(({ module, params }): Call => {
        return { method: 'insmod', params: params === undefined ? { module } : { module, params } };
      }),
  ];
}

/** A descriptor that could not be opened is none, whatever its name stood for before. */
function bind(bindings: Map<string, number>, name: string, { errno, ret }: Answer): void {
  if (errno === undefined && ret !== undefined) bindings.set(name, ret);
  else bindings.delete(name);
}

function refused(call: Call, errno: string): AdapterFault {
  const what = call.method === 'insmod' ? `insmod ${call.params.module}` : call.method;
  return new AdapterFault('E_PROLOGUE', `the machine could not be made ready: ${what} is ${errno}`);
}

/** The calls of a case in one profile, each with the index of its step. */
function callsIn(compiled: CompiledCase, profile: ProfileName): [number, CompiledCall][] {
  return compiled.steps
    .filter(({ only }) => only?.includes(profile) ?? true)
    .flatMap(({ index, calls }) => calls.map((call): [number, CompiledCall] => [index, call]));
}

/**
 * Runs one case from a fresh machine. It goes on after an answer that was not expected: what follows
 * tells as much as what came before. It ends where the implementation does.
 */
export async function execute(compiled: CompiledCase, adapter: Adapter): Promise<Execution> {
  const { profile } = adapter.hello;
  const bindings = new Map<string, number>();
  const calls: MadeCall[] = [];
  let current: { call: Call; step?: number } = { call: RESET };
  try {
    adapter.begin?.(compiled);
    for (const call of prologue(compiled, adapter)) {
      current = { call };
      const { answer } = await adapter.call(call);
      if (answer.errno !== undefined) throw refused(call, answer.errno);
    }
    for (const [step, planned] of callsIn(compiled, profile)) {
      const call = resolveCall(planned, bindings);
      current = { call, step };
      const { answer, events }: Reply = await adapter.call(call);
      if (planned.bind !== undefined) bind(bindings, planned.bind, answer);
      const mismatch = checkAnswer(planned.expect, answer, profile);
      calls.push({ step, record: { call, answer, events }, ...(mismatch && { mismatch }) });
    }
  } catch (error) {
    return { calls, fault: faultOf(error, current.call, current.step) };
  }
  const fault = await finish(compiled, adapter);
  return { calls, ...(fault && { fault }) };
}
