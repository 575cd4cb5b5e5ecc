/** One machine that runs, and its port to the agent. */
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdapterFault } from '../../errors.js';
import type { ReadyKernel } from '../../kernel/manifest.js';
import { Child } from '../child.js';
import type { Answer } from '../protocol.js';
import { requestText, type RpcError } from '../rpc.js';
import { Control } from './control.js';
import type { Records } from './merge.js';
import { QEMU, consoleFile, controlSocket, machineArgs, quoted } from './qemu.js';

/** How much of the console is told. */
const TAIL = 4096;

/** What the agent answers. */
export interface AgentResponse {
  jsonrpc: '2.0';
  id: number;
  result?: Answer & { records: Records };
  error?: RpcError;
}

export class Machine {
  private readonly folder: string;
  private readonly child: Child;

  /** @param state the saved state that it begins with, instead of booting */
  constructor(kernel: ReadyKernel, state?: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'mdevct-linux-'));
    const command = [QEMU, ...machineArgs(kernel, this.folder, state)];
    this.child = new Child(`exec ${command.map(quoted).join(' ')}`);
  }

  /** What the machine and QEMU said, as far as it may be of use. */
  get notes(): string {
    return `${this.console()}${this.child.notes}`;
  }

  /** @throws AdapterFault `E_ADAPTER_…` */
  async exchange(request: string, ms: number): Promise<AgentResponse> {
    const text = await this.child.exchange(request, ms);
    try {
      return JSON.parse(text) as AgentResponse;
    } catch (cause) {
      throw new AdapterFault('E_ADAPTER_JSON', 'the agent answered what is no JSON', { cause });
    }
  }

  /** A call of ours, of which nobody else knows. */
  async call(method: 'hello' | 'write', params: object, ms: number): Promise<AgentResponse> {
    const call = { method, params } as Parameters<typeof requestText>[1];
    return this.exchange(requestText(0, call), ms);
  }

  /** Saves its state, whole or not at all; the machine is of no use any more. */
  async save(file: string): Promise<void> {
    const control = await Control.open(controlSocket(this.folder));
    const unfinished = `${file}.${process.pid}`;
    try {
      await control.save(unfinished);
      renameSync(unfinished, file);
    } finally {
      control.close();
      rmSync(unfinished, { force: true });
    }
  }

  /** Ends it at once, and what there is of it. */
  end(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private console(): string {
    try {
      return readFileSync(consoleFile(this.folder), 'utf8').slice(-TAIL);
    } catch {
      // It ended before it had a console.
      return '';
    }
  }
}
