/** Makes the calls of a transcript on an implementation. */
import type { Adapter } from '../adapter/adapter.js';
import type { Call } from '../adapter/protocol.js';
import { HarnessError } from '../errors.js';
import { answerLines } from '../trace/render-answer.js';
import { callText } from '../trace/render-call.js';
import type { Trace } from '../trace/types.js';
import type { Transcript } from './transcript.js';

/** What came. */
export interface Played {
  /** the calls that were answered: all, or those before a fault */
  trace: Trace;
  /** why the call after the last answered one has no answer: `KernelBug: …` */
  fault?: string;
}

/** An exception as a line of text, with its name. */
function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}: ${error.message}`.replaceAll('\n', ' ');
}

async function prepare(adapter: Adapter, call: Call): Promise<void> {
  const because = (reason: string, options?: ErrorOptions): HarnessError =>
    new HarnessError(
      'E_REPLAY_SETUP',
      `${callText(call)}, before the first call: ${reason}`,
      options,
    );
  let answer;
  try {
    ({ answer } = await adapter.call(call));
  } catch (cause) {
    throw because(faultText(cause), { cause });
  }
  if (answer.errno !== undefined) throw because(answerLines('it came to', answer).join(' '));
}

/**
 * Makes the calls, on a fresh machine with the header's modules loaded. Whatever the implementation
 * throws at a call ends the play and is part of what came.
 * @throws HarnessError `E_REPLAY_SETUP` if the machine can't be brought to where the recording began
 */
export async function play(adapter: Adapter, { header, calls }: Transcript): Promise<Played> {
  await prepare(adapter, { method: 'reset', params: {} });
  for (const module of header.modules) {
    await prepare(adapter, { method: 'insmod', params: { module } });
  }
  const trace: Trace = [];
  for (const { call } of calls) {
    try {
      trace.push({ call, ...(await adapter.call(call)) });
    } catch (error) {
      return { trace, fault: faultText(error) };
    }
  }
  return { trace };
}
