/** A live kernel as an implementation: each reset is another machine. */
import { existsSync } from 'node:fs';
import type { ReadyKernel } from '../../kernel/manifest.js';
import { callProblem } from '../params.js';
import type { Call, Hello } from '../protocol.js';
import { RPC } from '../rpc.js';
import { isObject } from '../rules.js';
import type { Transport } from '../transport.js';
import { Machine, type AgentResponse } from './machine.js';
import { Merger } from './merge.js';
import { startUp, stateFile, wakeUp } from './start.js';
import { steadyTree } from './tree.js';

const WORDS = ['modules', 'sysfs', 'vfio-group', 'tasks', 'signals', 'time'] as const;

function helloOf({ profile, release, vendors }: ReadyKernel): Hello {
  return {
    protocol: 1,
    name: 'linux',
    version: release,
    profile,
    capabilities: [...WORDS, ...vendors.map((name) => `vendor:${name}` as const)],
    observes: ['uevent', 'log', 'call', 'return', 'callback', 'callback-return', 'sysfs'],
    order: 'total',
    clock: 'real',
  };
}

interface Request {
  id: unknown;
  method?: Call['method'];
}

/** What is asked; of what is no request, nothing: the agent tells what is wrong with it. */
function readRequest(text: string): Request {
  try {
    const request: unknown = JSON.parse(text);
    return isObject(request) ? (request as unknown as Request) : { id: null };
  } catch {
    return { id: null };
  }
}

const response = (id: unknown, result: object): string =>
  JSON.stringify({ jsonrpc: '2.0', id, result });

/** The codes of JSON-RPC for what is wrong with a call. */
const CODES = { E_METHOD: RPC.method, E_PARAMS: RPC.params } as const;

export class LinuxTransport implements Transport {
  generation = 0;
  /** The records of one answer end where the next call begins. */
  readonly ahead = false;
  private machine: Machine | undefined;
  private merger = new Merger();

  constructor(private readonly kernel: ReadyKernel) {}

  get notes(): string {
    return this.machine?.notes ?? '';
  }

  async exchange(request: string, ms: number): Promise<string> {
    const asked = readRequest(request);
    const { id, method } = asked;
    const problem = method === undefined ? undefined : callProblem(asked);
    if (problem) {
      const error = { code: CODES[problem.code], message: problem.message };
      return JSON.stringify({ jsonrpc: '2.0', id, error });
    }
    switch (method) {
      case 'hello':
        return response(id, { ...helloOf(this.kernel), events: [] });
      case 'reset':
        await this.begin();
        return response(id, { ret: 0, events: [] });
      case 'bye':
        this.end();
        return response(id, { ret: 0, events: [] });
      default:
        return this.ask(request, ms);
    }
  }

  restart(): void {
    this.end();
    this.generation++;
  }

  async close(): Promise<void> {
    this.restart();
  }

  private async ask(request: string, ms: number): Promise<string> {
    if (!this.machine) await this.begin();
    const answered = await this.machine!.exchange(request, ms);
    return JSON.stringify(this.translated(answered));
  }

  private translated({ result, ...rest }: AgentResponse): object {
    if (!result) return rest;
    const { records, ...answer } = result;
    return { ...rest, result: { ...steadyTree(answer), events: this.merger.events(records) } };
  }

  /** A machine as it is before the first call. A state that another QEMU saved may be of no use. */
  private async begin(): Promise<void> {
    this.end();
    const state = stateFile(this.kernel);
    const old = existsSync(state);
    if (!old) await this.boot(state);
    try {
      await this.wake(state);
    } catch (error) {
      if (!old) throw error;
      this.end();
      await this.boot(state);
      await this.wake(state);
    }
  }

  private async wake(state: string): Promise<void> {
    this.merger = new Merger();
    this.machine = new Machine(this.kernel, state);
    await wakeUp(this.machine);
  }

  private async boot(state: string): Promise<void> {
    this.machine = new Machine(this.kernel);
    await startUp(this.machine);
    await this.machine.save(state);
    this.end();
  }

  private end(): void {
    this.machine?.end();
    this.machine = undefined;
  }
}
