/** The calls of one case on their way: those that were made, and those that were answered. */
import type { Adapter } from '../adapter/adapter.js';
import type { Answer, Call, Reply } from '../adapter/protocol.js';
import { AdapterFault } from '../errors.js';
import type { CompiledCall } from '../suite/compiled.js';
import { checkAnswer } from '../suite/judge.js';
import { resolveCall } from '../suite/resolve.js';
import type { MadeCall } from './types.js';

/** A call that was made, for a step or to make the machine ready. */
interface Made {
  call: Call;
  step?: number;
  planned?: CompiledCall;
  reply: Reply | Promise<Reply>;
}

function refused(call: Call, errno: string): AdapterFault {
  const what = call.method === 'insmod' ? `insmod ${call.params.module}` : call.method;
  return new AdapterFault('E_PROLOGUE', `the machine could not be made ready: ${what} is ${errno}`);
}

/** A descriptor that could not be opened is none, whatever its name stood for before. */
function bind(bindings: Map<string, number>, name: string, { errno, ret }: Answer): void {
  if (errno === undefined && ret !== undefined) bindings.set(name, ret);
  else bindings.delete(name);
}

/**
 * Makes calls one after the other. Where the adapter lets it, it doesn't wait for each answer: what
 * a call costs over a pipe is waiting, most of all.
 */
export class Calls {
  readonly answered: MadeCall[] = [];
  /** the one that was looked at last */
  current: Pick<Made, 'call' | 'step'> = { call: { method: 'reset', params: {} } };
  private readonly bindings = new Map<string, number>();
  private waiting: Made[] = [];

  constructor(private readonly adapter: Adapter) {}

  /** Whether an answer that is awaited is a descriptor with a name. */
  get binds(): boolean {
    return this.waiting.some(({ planned }) => planned?.bind !== undefined);
  }

  /** Makes a call that must not be refused; behind a reset, nothing is made ahead. */
  async prepare(call: Call): Promise<void> {
    await this.send({ call });
    if (call.method === 'reset') await this.settle();
  }

  /** Makes the call of a step. */
  async make(step: number, planned: CompiledCall): Promise<void> {
    await this.send({ call: resolveCall(planned, this.bindings), step, planned });
  }

  /** Waits for the answers to all calls that were made. @throws what the first fault is */
  async settle(): Promise<void> {
    for (let made = this.waiting[0]; made; made = this.waiting[0]) {
      this.current = made;
      this.take(made, await made.reply);
      this.waiting.shift();
    }
  }

  /** After a fault: nothing is on its way any more when the next case begins. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.waiting.splice(0).map(({ reply }) => reply));
  }

  private async send(made: Omit<Made, 'reply'>): Promise<void> {
    if (!this.adapter.ahead) await this.settle();
    // An adapter in this process can fail before there is anything to wait for.
    if (this.waiting.length === 0) this.current = made;
    this.waiting.push({ ...made, reply: this.adapter.call(made.call) });
  }

  private take({ call, step, planned }: Made, { answer, events }: Reply): void {
    if (planned === undefined || step === undefined) {
      if (answer.errno !== undefined) throw refused(call, answer.errno);
      return;
    }
    if (planned.bind !== undefined) bind(this.bindings, planned.bind, answer);
    const mismatch = checkAnswer(planned.expect, answer, this.adapter.hello.profile);
    this.answered.push({ step, record: { call, answer, events }, ...(mismatch && { mismatch }) });
  }
}
