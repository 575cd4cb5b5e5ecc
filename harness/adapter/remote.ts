/** An implementation outside of this process: what it is asked, and whether it answers protocol 1. */
import { AdapterFault } from '../errors.js';
import type { Adapter } from './adapter.js';
import type { Opened } from './kinds.js';
import type { Call, Hello, Reply } from './protocol.js';
import { faultOfError, readResponse, requestText, type RpcError } from './rpc.js';
import type { Transport } from './transport.js';

/** What the user may say about calls. */
export interface RemoteOptions {
  /** the most that a call may take */
  timeoutMs: number;
  /** start anew before each case */
  isolate: boolean;
}

/** The most that saying goodbye may take. */
const BYE_MS = 1000;

const helloCall = (profile?: string): Call => ({
  method: 'hello',
  params: profile === undefined ? { protocol: 1 } : { protocol: 1, profile },
});

/** What it told of itself must not change behind our back: capabilities were judged by it. */
function requireSame(before: Hello | undefined, now: Hello): void {
  if (before === undefined || JSON.stringify(before) === JSON.stringify(now)) return;
  const message = `it introduces itself in another way than before, as ${now.profile}`;
  throw new AdapterFault('E_ADAPTER_HELLO', message);
}

/** One implementation, which plays one profile at a time and is told when another one's turn comes. */
export class Remote implements Opened {
  private lastId = 0;
  /** to whom hello was said last, and what for */
  private greeted: { generation: number; profile: string } | undefined;
  private readonly hellos = new Map<string, Hello>();

  constructor(
    private readonly transport: Transport,
    private readonly options: RemoteOptions,
  ) {}

  async profiles(asked?: readonly string[]): Promise<readonly string[]> {
    if (asked === undefined) return [(await this.introduce()).profile];
    const found: string[] = [];
    for (const profile of asked) if (await this.has(profile)) found.push(profile);
    return found;
  }

  readonly factory = async (profile: string): Promise<Adapter> => {
    const hello = this.hellos.get(profile) ?? (await this.greet(profile));
    return {
      hello,
      ahead: this.transport.ahead,
      call: (call) => this.call(profile, call, hello),
      ...(this.options.isolate && { begin: () => this.transport.restart() }),
      // It goes on for the other profiles.
      close: () => undefined,
    };
  };

  async exchange(request: string, ms: number): Promise<string> {
    const { generation } = this.transport;
    try {
      return await this.transport.exchange(request, ms);
    } catch (error) {
      throw this.failed(error, generation);
    }
  }

  async close(): Promise<void> {
    if (this.greeted?.generation === this.transport.generation) {
      await this.ask({ method: 'bye', params: {} }, BYE_MS).catch(() => undefined);
    }
    await this.transport.close();
  }

  /** An implementation that refuses a profile, or plays another one, doesn't have it. */
  private async has(profile: string): Promise<boolean> {
    const reply = await this.ask(helloCall(profile), this.options.timeoutMs);
    if ('error' in reply || reply.answer.errno !== undefined) return false;
    return this.learn(reply).profile === profile;
  }

  private async introduce(): Promise<Hello> {
    return this.learn(await this.must(helloCall(), this.options.timeoutMs));
  }

  private async greet(profile: string): Promise<Hello> {
    const hello = this.learn(await this.must(helloCall(profile), this.options.timeoutMs));
    if (hello.profile === profile) return hello;
    const message = `it was asked for ${profile} and plays ${hello.profile}`;
    throw new AdapterFault('E_ADAPTER_HELLO', message);
  }

  private learn({ answer }: Reply): Hello {
    if (answer.errno !== undefined) {
      throw new AdapterFault('E_ADAPTER_HELLO', `hello was refused with ${answer.errno}`);
    }
    const hello = answer as unknown as Hello;
    requireSame(this.hellos.get(hello.profile), hello);
    this.hellos.set(hello.profile, hello);
    this.greeted = { generation: this.transport.generation, profile: hello.profile };
    return hello;
  }

  private async call(profile: string, call: Call, { clock }: Hello): Promise<Reply> {
    const { greeted, transport } = this;
    if (greeted?.profile !== profile || greeted.generation !== transport.generation) {
      await this.greet(profile);
    }
    const sleeps = clock === 'real' && call.method === 'advance' ? call.params.ms : 0;
    return this.must(call, this.options.timeoutMs + sleeps);
  }

  /** @throws AdapterFault also for an error in place of an answer */
  private async must(call: Call, ms: number): Promise<Reply> {
    const reply = await this.ask(call, ms);
    if ('error' in reply) throw this.told(faultOfError(reply.error));
    return reply;
  }

  /** After a fault nothing that it says can be trusted: it is started anew. */
  private async ask(call: Call, ms: number): Promise<Reply | { error: RpcError }> {
    const id = ++this.lastId;
    const { generation } = this.transport;
    try {
      return readResponse(await this.transport.exchange(requestText(id, call), ms), id, call);
    } catch (error) {
      throw this.failed(error, generation);
    }
  }

  /** The first fault restarts it; those of calls that were made ahead follow from that. */
  private failed(error: unknown, generation: number): unknown {
    const fault = error instanceof AdapterFault ? this.told(error) : error;
    if (generation === this.transport.generation) this.transport.restart();
    return fault;
  }

  /** A fault with what the implementation said beside it. */
  private told({ code, message, cause }: AdapterFault): AdapterFault {
    return new AdapterFault(code, message, { cause, stderr: this.transport.notes });
  }
}
