/** Tries an adapter, check by check. */
import type { Adapter } from '../adapter/adapter.js';
import type { Opened } from '../adapter/kinds.js';
import { AdapterFault } from '../errors.js';
import { ANSWER_CHECKS } from './answers.js';
import { ERROR_CHECKS } from './errors.js';
import { TASK_CHECKS } from './tasks.js';
import type { Bench, Check, Finding, Result } from './types.js';

const CHECKS: readonly Check[] = [...ANSWER_CHECKS, ...TASK_CHECKS, ...ERROR_CHECKS];

const HANDSHAKE = {
  id: 'handshake',
  title: 'it introduces itself as protocol 1 wants it',
  level: 'MUST',
} as const;

const faultFinding = ({ code, message }: AdapterFault, sent: string, wanted: string): Finding => ({
  sent,
  came: `${code} ${message}`,
  wanted,
});

/** Why a check can't be tried. */
function obstacle({ needs, wire }: Check, bench: Bench): string | undefined {
  if (needs !== undefined && !bench.hello.capabilities.includes(needs)) {
    return `it doesn’t claim ${needs}`;
  }
  return wire && !bench.raw ? 'there is no wire' : undefined;
}

async function tried(check: Check, bench: Bench): Promise<Result> {
  const { id, title, level } = check;
  const head = { id, title, level };
  const reason = obstacle(check, bench);
  if (reason !== undefined) return { ...head, kind: 'not-applicable', reason };
  try {
    const finding = await check.run(bench);
    return finding ? { ...head, kind: 'finding', finding } : { ...head, kind: 'pass' };
  } catch (error) {
    if (!(error instanceof AdapterFault)) throw error;
    const finding = faultFinding(error, 'a call of this check', 'an answer');
    return { ...head, kind: 'finding', finding };
  }
}

function benchOf(adapter: Adapter, opened: Opened, timeoutMs: number): Bench {
  const { exchange } = opened;
  return {
    hello: adapter.hello,
    call: async (call) => adapter.call(call),
    ...(exchange && { raw: (line) => exchange.call(opened, line, timeoutMs) }),
  };
}

/**
 * The results of all checks, in their order. Without a handshake there are no others.
 * @param timeoutMs the most that a line may take
 */
export async function* checkAdapter(opened: Opened, timeoutMs: number): AsyncGenerator<Result> {
  let bench: Bench;
  try {
    const [profile] = await opened.profiles();
    bench = benchOf(await opened.factory(profile!), opened, timeoutMs);
  } catch (error) {
    if (!(error instanceof AdapterFault)) throw error;
    const finding = faultFinding(error, 'hello {"protocol":1}', 'its introduction');
    yield { ...HANDSHAKE, kind: 'finding', finding };
    return;
  }
  yield { ...HANDSHAKE, kind: 'pass' };
  for (const check of CHECKS) yield await tried(check, bench);
}
