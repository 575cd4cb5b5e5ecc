/** `exec:<command line>`: a child process that speaks protocol 1 over its standard input and output. */
import { HarnessError } from '../errors.js';
import { Child } from './child.js';
import type { Open } from './kinds.js';
import { Remote } from './remote.js';
import type { Transport } from './transport.js';

/** Starts the command when it is first needed, and anew after each restart. */
class ExecTransport implements Transport {
  generation = 0;
  readonly ahead = true;
  private child: Child | undefined;

  constructor(private readonly command: string) {}

  get notes(): string {
    return this.child?.notes ?? '';
  }

  exchange(request: string, ms: number): Promise<string> {
    return this.current().exchange(request, ms);
  }

  restart(): void {
    this.child?.abandon();
    this.child = undefined;
    this.generation++;
  }

  async close(): Promise<void> {
    await this.child?.end();
    this.child = undefined;
    this.generation++;
  }

  private current(): Child {
    return (this.child ??= new Child(this.command));
  }
}

/** @throws HarnessError `E_USAGE` if no command is named */
export const open: Open = async (command, options) => {
  if (command.trim() !== '') return new Remote(new ExecTransport(command), options);
  throw new HarnessError(
    'E_USAGE',
    'exec: needs a command line: --adapter "exec:./my-device --flag"',
  );
};
