/** One machine behind the protocol: requests in, responses out, as JSON-RPC 2.0 has them. */
import type { Adapter, AdapterFactory } from '../adapter/adapter.js';
import { callProblem } from '../adapter/params.js';
import type { Answer, Call, CallOf, TraceEvent } from '../adapter/protocol.js';
import { RPC, type RpcError } from '../adapter/rpc.js';
import { SESSION_HEADER } from '../adapter/session-header.js';
import { isObject, isText } from '../adapter/rules.js';
import { HarnessError } from '../errors.js';

type Id = string | number | null;

/** A response, and whether it is the last one. */
export interface Response {
  text: string;
  last: boolean;
}

/** What is wrong is an error of the request: who sent it is told. */
class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: RpcError['data'],
  ) {
    super(message);
  }
}

const CODES: Readonly<Record<string, number>> = {
  E_METHOD: RPC.method,
  E_PARAMS: RPC.params,
  E_PROFILE: RPC.params,
};

/** A fault of the implementation keeps its code. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof HarnessError)) throw error;
  const code = CODES[error.code];
  return code === undefined
    ? new Refusal(RPC.server, error.message, { code: error.code })
    : new Refusal(code, error.message);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(RPC.parse, 'the request is no JSON');
  }
}

const isId = (value: unknown): value is Id =>
  isText(value) || Number.isFinite(value) || value === null;
const idOf = (request: unknown): Id =>
  isObject(request) && isId(request['id']) ? request['id'] : null;

const FIELDS: readonly string[] = ['jsonrpc', 'id', 'method', 'params'];

/** @throws Refusal for what is no request, and for what is no call of protocol 1 */
function callOf(request: unknown): Call {
  const wrong = (what: string): Refusal => new Refusal(RPC.request, what);
  if (!isObject(request)) throw wrong('a request is one object; there are no batches');
  const stranger = Object.keys(request).find((key) => !FIELDS.includes(key));
  if (stranger !== undefined) throw wrong(`a request has no field ${JSON.stringify(stranger)}`);
  const { jsonrpc, id, method, params = {} } = request;
  if (jsonrpc !== '2.0') throw wrong('"jsonrpc" must be "2.0"');
  if (id === undefined || !isId(id))
    throw wrong('"id" must be a number or a text: every request is answered');
  if (!isText(method)) throw wrong('"method" must be a text');
  const problem = callProblem({ method, params });
  if (problem) throw new Refusal(CODES[problem.code]!, problem.message);
  return { method, params } as Call;
}

export class Session {
  private machine: Adapter | undefined;

  /**
   * @param profile what it plays where hello doesn't say
   * @param greetFirst whether nothing else is answered before hello
   */
  constructor(
    private readonly factory: AdapterFactory,
    private readonly profile: string,
    private readonly greetFirst = false,
  ) {}

  /** Whether there is a machine behind it. */
  get greeted(): boolean {
    return this.machine !== undefined;
  }

  /** Answers one request, whatever it holds. */
  async respond(text: string): Promise<Response> {
    let request: unknown;
    try {
      request = parse(text);
      const call = callOf(request);
      const result = await this.result(call);
      const body = { jsonrpc: '2.0', id: idOf(request), result };
      return { text: JSON.stringify(body), last: call.method === 'bye' };
    } catch (error) {
      const { code, message, data } = refusalOf(error);
      return {
        text: errorText(idOf(request), { code, message, ...(data && { data }) }),
        last: false,
      };
    }
  }

  private async result(call: Call): Promise<Answer & { events: TraceEvent[] }> {
    if (call.method === 'hello') return this.hello(call);
    if (this.greetFirst && !this.greeted) {
      throw new Refusal(
        RPC.request,
        `say hello first; its answer has a header ${SESSION_HEADER} for all others`,
      );
    }
    this.machine ??= await this.factory(this.profile);
    const { answer, events } = await this.machine.call(call);
    return { ...answer, events };
  }

  /** A fresh machine of the profile that is asked for. */
  private async hello({ params }: CallOf<'hello'>): Promise<Answer & { events: TraceEvent[] }> {
    const { profile = this.profile } = params;
    if (this.machine?.hello.profile !== profile) {
      const machine = await this.factory(profile);
      await this.machine?.close();
      this.machine = machine;
    }
    return { ...this.machine.hello, events: [] };
  }
}

/** An error as a response. */
export const errorText = (id: Id, error: RpcError): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error });
