import { HarnessError } from '../errors.js';

/** A trace text that does not follow the grammar. */
export class TraceSyntaxError extends HarnessError {
  /**
   * @param line number of the line, from 1
   * @param reason what is wrong there, one sentence
   */
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super('E_TRACE_SYNTAX', `line ${line}: ${reason}`);
  }
}
