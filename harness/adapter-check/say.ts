/** How checks put requests and what comes back into words. */
import { AdapterFault } from '../errors.js';
import type { Call } from '../adapter/protocol.js';
import type { Bench, Finding } from './types.js';

const SHOWN = 160;

/** A text of any length on one line. */
export const short = (text: string): string =>
  text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;

export const sentCall = ({ method, params }: Call): string =>
  short(`${method} ${JSON.stringify(params)}`);

/** What a call comes to, in words: its answer, or the fault in its place. */
export async function cameOf(bench: Bench, call: Call): Promise<string> {
  try {
    const { answer } = await bench.call(call);
    return short(JSON.stringify(answer));
  } catch (error) {
    if (error instanceof AdapterFault) return `${error.code} ${error.message}`;
    throw error;
  }
}

/** A finding unless what came is right. */
export async function expectCame(
  bench: Bench,
  call: Call,
  right: (came: string) => boolean,
  wanted: string,
): Promise<Finding | undefined> {
  const came = await cameOf(bench, call);
  return right(came) ? undefined : { sent: sentCall(call), came, wanted };
}
