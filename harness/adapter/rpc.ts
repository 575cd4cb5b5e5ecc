/**
 * JSON-RPC 2.0 as protocol 1 uses it: one request, one response, no batch, no notification. (The
 * libraries for it forgive what has to be a fault here: an unknown field, another id, a second answer.)
 */
import { isUtf8 } from 'node:buffer';
import { AdapterFault } from '../errors.js';
import type { Call, Reply, TraceEvent } from './protocol.js';
import { answerProblem, eventProblem } from './results.js';
import { isObject, isText } from './rules.js';
import { excerpt } from './transport.js';

/** The codes of errors that JSON-RPC defines. */
export const RPC = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  server: -32000,
} as const;

/** An error as an implementation answers it: orderly, and yet no answer to the call. */
export interface RpcError {
  code: number;
  message: string;
  /** `data.code`: the code of the fault, `E_…`, in words of the implementation */
  data?: { code: `E_${string}` };
}

/** Codes that have a name here; others are `E_ADAPTER_ERROR`. */
const NAMES: Readonly<Record<number, `E_${string}`>> = {
  [RPC.method]: 'E_METHOD',
  [RPC.params]: 'E_PARAMS',
};

/** The fault that an error in place of a result is. */
export function faultOfError({ code, message, data }: RpcError): AdapterFault {
  const name = data?.code ?? NAMES[code];
  return name === undefined
    ? new AdapterFault('E_ADAPTER_ERROR', `it answered the error ${code}: ${message}`)
    : new AdapterFault(name, message);
}

/** One request as text. */
export const requestText = (id: number, { method, params }: Call): string =>
  `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${JSON.stringify(params)}}`;

/** @throws AdapterFault `E_ADAPTER_JSON` */
export function utf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const start = excerpt(bytes.toString('latin1'));
  throw new AdapterFault('E_ADAPTER_JSON', `it answered what is not UTF-8: ${start}`);
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AdapterFault('E_ADAPTER_JSON', `it answered what is no JSON: ${excerpt(text)}`);
  }
  if (isObject(value)) return value;
  throw new AdapterFault('E_ADAPTER_JSON', `it answered what is no object: ${excerpt(text)}`);
}

const ENVELOPE: readonly string[] = ['jsonrpc', 'id', 'result', 'error'];

function envelopeProblem(response: Record<string, unknown>): string | undefined {
  const stranger = Object.keys(response).find((key) => !ENVELOPE.includes(key));
  if (stranger !== undefined) return `it has a field ${JSON.stringify(stranger)}`;
  if (response['jsonrpc'] !== '2.0') return '"jsonrpc" is not "2.0"';
  if ('result' in response === 'error' in response) return 'it needs one of result and error';
  return undefined;
}

function isRpcError(value: unknown): value is RpcError {
  if (!isObject(value) || !Number.isInteger(value['code']) || !isText(value['message']))
    return false;
  return Object.keys(value).every((key) => ['code', 'message', 'data'].includes(key));
}

/** A fault's own code, if the error has one in its data; other data is for people. */
function errorOf(value: unknown, text: string): RpcError {
  if (!isRpcError(value)) {
    throw new AdapterFault('E_ADAPTER_RPC', `its error has no code and message: ${excerpt(text)}`);
  }
  const { code, message, data } = value as { code: number; message: string; data?: unknown };
  const name = isObject(data) ? data['code'] : undefined;
  const known = isText(name) && /^E_[A-Z0-9_]+$/.test(name);
  return { code, message, ...(known && { data: { code: name as `E_${string}` } }) };
}

function eventsOf(events: unknown, method: string): TraceEvent[] {
  if (!Array.isArray(events)) {
    const what = events === undefined ? 'no events' : 'events that are no list';
    throw new AdapterFault('E_ADAPTER_EVENTS', `the result of ${method} has ${what}`);
  }
  for (let index = 0; index < events.length; index++) {
    const problem = eventProblem(events[index]);
    if (problem === undefined) continue;
    const which = `event ${index + 1} of the result of ${method}`;
    throw new AdapterFault('E_ADAPTER_EVENTS', `${which} ${problem}`);
  }
  return events as TraceEvent[];
}

/** A result as an answer and its events. @throws AdapterFault `E_ADAPTER_RESULT`, `E_ADAPTER_EVENTS` */
export function replyOf(result: unknown, { method }: Call): Reply {
  if (!isObject(result)) {
    throw new AdapterFault('E_ADAPTER_RESULT', `the result of ${method} is no object`);
  }
  const { events, ...answer } = result;
  const problem = answerProblem(method, answer);
  if (problem !== undefined) {
    throw new AdapterFault('E_ADAPTER_RESULT', `the result of ${method} ${problem}`);
  }
  return { answer, events: eventsOf(events, method) };
}

/**
 * What a response says.
 * @returns the answer with its events, or the error in its place
 * @throws AdapterFault `E_ADAPTER_JSON`, `E_ADAPTER_RPC`, `E_ADAPTER_ID`, `E_ADAPTER_RESULT`,
 * `E_ADAPTER_EVENTS` if it is no response of protocol 1 to that request
 */
export function readResponse(text: string, id: number, call: Call): Reply | { error: RpcError } {
  const response = parse(text);
  const problem = envelopeProblem(response);
  if (problem !== undefined) {
    throw new AdapterFault(
      'E_ADAPTER_RPC',
      `it answered no JSON-RPC 2.0: ${problem}: ${excerpt(text)}`,
    );
  }
  // Who could not even read a request doesn't know its id.
  const unread = response['id'] === null && 'error' in response;
  if (response['id'] !== id && !unread) {
    const came = JSON.stringify(response['id']) ?? 'none';
    throw new AdapterFault('E_ADAPTER_ID', `it answered the id ${came} to the request ${id}`);
  }
  if ('error' in response) return { error: errorOf(response['error'], text) };
  return replyOf(response['result'], call);
}
