/** When to stop trying an implementation that comes to the end of nothing. */
import { LEAK } from './finish.js';
import type { Fault, Verdict } from './types.js';

/** So many runs are tried before it is given up: each may take as long as a call may. */
const TRIES = 5;

/** What a look at the machine behind the last call has found. */
const isFoundAtTheEnd = ({ code }: Fault): boolean => code === LEAK;

/** Counts runs until one of them comes to its end. */
export class Patience {
  private faults = 0;
  private endless = true;

  /** What to say of a run that is not worth trying any more; undefined: try it. */
  get lost(): Fault | undefined {
    if (!this.endless || this.faults < TRIES) return undefined;
    const message = `not tried: the first ${TRIES} runs all ended in a fault`;
    return { code: 'E_ADAPTER_GIVEN_UP', message };
  }

  note(verdict: Verdict): void {
    if (verdict.kind === 'not-applicable') return;
    if (verdict.kind === 'error' && !isFoundAtTheEnd(verdict.fault)) this.faults++;
    else this.endless = false;
  }
}
