/** Requests that are none: each wants an error of JSON-RPC, and what follows must still be answered. */
import { RPC } from '../adapter/rpc.js';
import { isObject } from '../adapter/rules.js';
import { AdapterFault } from '../errors.js';
import { short } from './say.js';
import type { Bench, Check, Finding } from './types.js';

function codeOf(line: string): number | undefined {
  try {
    const { error } = JSON.parse(line) as { error?: unknown };
    return isObject(error) ? (error['code'] as number) : undefined;
  } catch {
    return undefined;
  }
}

async function rawFinding(bench: Bench, line: string, code: number): Promise<Finding | undefined> {
  const wanted = `an error with the code ${code}`;
  try {
    const came = await bench.raw!(line);
    return codeOf(came) === code ? undefined : { sent: short(line), came: short(came), wanted };
  } catch (error) {
    if (!(error instanceof AdapterFault)) throw error;
    return { sent: short(line), came: `${error.code} ${error.message}`, wanted };
  }
}

const wire = (
  id: string,
  title: string,
  line: string,
  code: number,
  level: Check['level'] = 'MUST',
): Check => ({ id, title, level, wire: true, run: (bench) => rawFinding(bench, line, code) });

const request = (method: string, params: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 900, method, params });

export const ERROR_CHECKS: readonly Check[] = [
  wire(
    'unknown-method',
    'a method that there isn’t is an error, and no answer',
    request('no-such-method', {}),
    RPC.method,
  ),
  wire(
    'missing-parameter',
    'a call without a parameter that it needs is an error',
    request('write', { data: 'x' }),
    RPC.params,
    'SHOULD',
  ),
  wire(
    'unknown-parameter',
    'a call with a parameter that there isn’t is an error',
    request('read', { path: '/sys', colour: 'red' }),
    RPC.params,
    'SHOULD',
  ),
  wire('no-json', 'what is no JSON is an error', '{"jsonrpc":', RPC.parse, 'SHOULD'),
  wire('no-request', 'JSON that is no request is an error', '{"id":1}', RPC.request, 'SHOULD'),
  {
    id: 'goes-on',
    title: 'after all that, a request is answered',
    level: 'MUST',
    wire: true,
    async run(bench) {
      const line = request('hello', { protocol: 1 });
      try {
        const came = await bench.raw!(line);
        const { id, result } = JSON.parse(came) as { id?: unknown; result?: unknown };
        if (id === 900 && isObject(result)) return undefined;
        return {
          sent: short(line),
          came: short(came),
          wanted: 'its introduction, with the id 900',
        };
      } catch (error) {
        const { message } = error as Error;
        return { sent: short(line), came: message, wanted: 'its introduction' };
      }
    },
  },
];
