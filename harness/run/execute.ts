/** Makes the calls of one case on an implementation, and holds each answer against its expectation. */
import type { Adapter } from '../adapter/adapter.js';
import type { Call } from '../adapter/protocol.js';
import type { CompiledCall, CompiledCase } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';
import { refsOf } from '../suite/resolve.js';
import { Calls } from './calls.js';
import { faultOf } from './fault.js';
import { finish } from './finish.js';
import type { Execution } from './types.js';

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

/** The calls of a case in one profile, each with the index of its step. */
function callsIn(compiled: CompiledCase, profile: ProfileName): [number, CompiledCall][] {
  return compiled.steps
    .filter(({ only }) => only?.includes(profile) ?? true)
    .flatMap(({ index, calls }) => calls.map((call): [number, CompiledCall] => [index, call]));
}

/** Whether a call needs the answer to one that was made and is not yet answered. */
const waitsFor = ({ template }: CompiledCall, { binds }: Calls): boolean =>
  binds && refsOf(template).length > 0;

/**
 * Runs one case from a fresh machine. It goes on after an answer that was not expected: what follows
 * tells as much as what came before. It ends where the implementation does.
 */
export async function execute(compiled: CompiledCase, adapter: Adapter): Promise<Execution> {
  const calls = new Calls(adapter);
  try {
    adapter.begin?.(compiled);
    for (const call of prologue(compiled, adapter)) await calls.prepare(call);
    for (const [step, planned] of callsIn(compiled, adapter.hello.profile)) {
      if (waitsFor(planned, calls)) await calls.settle();
      await calls.make(step, planned);
    }
    await calls.settle();
  } catch (error) {
    await calls.abandon();
    return { calls: calls.answered, fault: faultOf(error, calls.current.call, calls.current.step) };
  }
  const fault = await finish(compiled, adapter);
  return { calls: calls.answered, ...(fault && { fault }) };
}
