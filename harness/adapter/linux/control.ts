/** QEMU's own port, on which it is told to save the machine's state (docs/interop/qmp-spec). */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdapterFault } from '../../errors.js';
import { quoted } from './qemu.js';

const LOOK_MS = 20;

interface Message {
  return?: { status?: string };
  error?: { desc: string };
}

export class Control {
  private text = '';
  private readonly waiting: ((message: Message) => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => this.take(chunk));
    socket.on('error', () => this.lose());
    socket.on('close', () => this.lose());
  }

  /** @throws AdapterFault `E_ADAPTER_START` */
  static async open(path: string): Promise<Control> {
    const socket = connect(path);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', ({ message }) => {
        reject(new AdapterFault('E_ADAPTER_START', `QEMU can't be controlled: ${message}`));
      });
    });
    const control = new Control(socket);
    await control.execute('qmp_capabilities');
    return control;
  }

  /** Saves the state into a file. The machine stands still from then on. */
  async save(file: string): Promise<void> {
    await this.execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 33 });
    await this.execute('migrate', { uri: `exec:cat > ${quoted(file)}` });
    for (;;) {
      const { status } = await this.execute('query-migrate');
      if (status === 'completed') return;
      if (status === 'failed') throw new AdapterFault('E_ADAPTER_START', 'QEMU saves no state');
      await sleep(LOOK_MS);
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private async execute(execute: string, args: object = {}): Promise<{ status?: string }> {
    const message = await new Promise<Message>((resolve) => {
      this.waiting.push(resolve);
      this.socket.write(`${JSON.stringify({ execute, arguments: args })}\n`);
    });
    if (message.return) return message.return;
    throw new AdapterFault('E_ADAPTER_START', `QEMU refuses: ${message.error?.desc ?? 'it ended'}`);
  }

  /** Greeting and events are nobody's answer. */
  private take(chunk: string): void {
    const lines = (this.text + chunk).split('\n');
    this.text = lines.pop()!;
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      if (message.return ?? message.error) this.waiting.shift()?.(message);
    }
  }

  private lose(): void {
    for (const tell of this.waiting.splice(0)) tell({});
  }
}
