/** The same for several cases: what goes wrong with one does not keep the others. */
import { HarnessError } from '../errors.js';
import { complain } from './complaint.js';
import { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

/** Does something for each id; the errors of the user's are told, one by one. */
export function forEach(
  ids: readonly string[],
  terminal: Terminal,
  act: (id: string) => void,
): Exit {
  let status: Exit = Exit.ok;
  for (const id of ids) {
    try {
      act(id);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      complain(terminal, error.code, error.message);
      status = Exit.unusable;
    }
  }
  return status;
}
