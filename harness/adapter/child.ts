/** A child process that answers lines with lines; its first fault is its last word. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';
import { AdapterFault } from '../errors.js';
import { LineSplitter } from './lines.js';
import { guarded, killGroup } from './process-groups.js';
import { utf8 } from './rpc.js';
import { Tail } from './tail.js';
import { RESPONSE_LIMIT } from './transport.js';

/** How much of stderr is kept. */
export const NOTES_LIMIT = 64 * 1024;
/** How long one that closed a pipe is given to end, so that its exit status and stderr are told. */
const GRACE_MS = 250;
/** How long one that was asked to end is given. */
const END_MS = 500;

interface Pending {
  resolve: (line: string) => void;
  reject: (fault: AdapterFault) => void;
  ms: number;
}

function endedText(status: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it ended with status ${String(status)}` : `it was ended by ${signal}`;
}

export class Child {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly tail = new Tail(NOTES_LIMIT);
  private readonly output: LineSplitter;
  /** the requests that are not yet answered, in their order */
  private pending: Pending[] = [];
  /** of the first of them; pending, it keeps us alive; idle, nothing does */
  private timer: NodeJS.Timeout | undefined;
  private fault: AdapterFault | undefined;
  /** what is told if it doesn't end now */
  private closing: [code: `E_${string}`, message: string] | undefined;
  private ended: string | undefined;
  private onEnd: () => void = () => undefined;

  /** @param command a command line for the shell */
  constructor(command: string) {
    this.output = new LineSplitter(
      RESPONSE_LIMIT,
      (line) => this.answer(line),
      () => this.fail('E_ADAPTER_LINE', `it wrote a line of more than ${RESPONSE_LIMIT} bytes`),
    );
    // A group of its own, so that whatever it starts can be ended with it.
    this.process = guarded(() => spawn(command, { shell: true, detached: true, stdio: 'pipe' }));
    this.listen(this.process);
  }

  get notes(): string {
    return this.tail.text;
  }

  /** Writes a line and waits for the one that answers it. @throws AdapterFault `E_ADAPTER_…` */
  exchange(line: string, ms: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.fault) {
        reject(this.fault);
        return;
      }
      this.pending.push({ resolve, reject, ms });
      if (this.pending.length === 1) this.startTimer(ms);
      this.process.stdin.write(`${line}\n`);
    });
  }

  /** Ends it with its whole group, at once. */
  kill(): void {
    if (this.process.pid !== undefined) killGroup(this.process.pid);
    for (const stream of this.process.stdio) stream?.destroy();
  }

  /** Ends it; what it may still say is not asked for any more. */
  abandon(): void {
    this.fail('E_ADAPTER_EXIT', 'it was ended after a fault');
    this.kill();
  }

  /** Lets it end by itself, for a moment. */
  async end(): Promise<void> {
    if (this.ended === undefined && this.fault === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, END_MS);
        this.onEnd = () => {
          clearTimeout(timer);
          resolve();
        };
        this.process.stdin.end();
      });
    }
    this.kill();
  }

  private startTimer(ms: number): void {
    this.timer = setTimeout(() => {
      this.fail('E_ADAPTER_TIMEOUT', `it did not answer within ${ms / 1000} s`);
    }, ms);
  }

  private listen(process: ChildProcessWithoutNullStreams): void {
    process.on('error', ({ message }) => {
      this.fail('E_ADAPTER_START', `it cannot be started: ${message}`);
    });
    process.stdout.on('data', (chunk: Buffer) => this.output.push(chunk));
    process.stdout.on('end', () => {
      this.close('E_ADAPTER_EOF', 'it closed its output');
    });
    process.stderr.on('data', (chunk: Buffer) => this.tail.push(chunk));
    process.stdin.on('error', () => {
      this.close('E_ADAPTER_STDIN', 'it closed its input');
    });
    process.on('exit', (status, signal) => {
      this.ended = endedText(status, signal);
      this.close('E_ADAPTER_EXIT', this.ended);
      this.onEnd();
    });
    // All that it wrote has been read now.
    process.on('close', () => this.settle());
    process.unref();
    for (const stream of process.stdio) (stream as Socket).unref();
  }

  private answer(line: Buffer): void {
    const answered = this.pending.shift();
    if (!answered) {
      this.fail('E_ADAPTER_UNASKED', 'it wrote a line that nobody had asked for');
      return;
    }
    clearTimeout(this.timer);
    const [next] = this.pending;
    if (next) this.startTimer(next.ms);
    try {
      answered.resolve(utf8(line));
    } catch (error) {
      answered.reject(error as AdapterFault);
    }
  }

  /** A pipe is closed: most likely it is about to end, which says more. */
  private close(code: `E_${string}`, message: string): void {
    this.closing ??= [code, message];
    setTimeout(() => this.settle(), GRACE_MS).unref();
  }

  private settle(): void {
    const [code, message] =
      this.ended === undefined ? this.closing! : (['E_ADAPTER_EXIT', this.ended] as const);
    if (this.output.rest === 0) this.fail(code, message);
    else this.fail('E_ADAPTER_HALF_LINE', `${message} in the middle of a line`);
  }

  private fail(code: `E_${string}`, message: string): void {
    if (this.fault) return;
    this.fault = new AdapterFault(code, message);
    this.kill();
    clearTimeout(this.timer);
    for (const { reject } of this.pending.splice(0)) reject(this.fault);
  }
}
