/** Errors of the user's on their way to stderr. */
import { AdapterFault, HarnessError } from '../errors.js';
import { signature } from './signature.js';
import { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

/** Several errors at once, each already a text for people, and a sentence that sums them up. */
export class Complaints extends HarnessError {
  constructor(
    code: HarnessError['code'],
    readonly items: readonly string[],
    sentence: string,
  ) {
    super(code, sentence);
  }
}

/** One line on stderr: `mdevct: E_CODE sentence`. */
export function complain(terminal: Terminal, code: string, sentence: string): void {
  terminal.err(`mdevct: ${code} ${sentence}\n`);
}

const withLineFeed = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** Tells of an exception: of the user's in a sentence, of ours with its stack. */
export function report(error: unknown, terminal: Terminal): Exit {
  if (error instanceof HarnessError) {
    if (error instanceof Complaints) {
      for (const item of error.items) terminal.err(`${item}\n`);
    }
    if (error instanceof AdapterFault && error.stderr) terminal.err(withLineFeed(error.stderr));
    complain(terminal, error.code, error.message);
    return Exit.unusable;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(terminal, 'E_BUG', 'this is a bug of mdevct; please report it with what follows');
  terminal.err(`${signature()}\n${stack}\n`);
  return Exit.unusable;
}
