/** Where progress is shown. */
export interface Watched {
  err(text: string): unknown;
  /** somebody is watching; else nothing is shown */
  interactive: boolean;
}

const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;
const ERASE = '\r\u001b[K';

/** One line that is written over and over, once the work takes longer than anybody likes to wait. */
export class Progress {
  private next: number;
  private done = 0;
  private isShown = false;

  constructor(
    private readonly terminal: Watched,
    private readonly total: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.next = terminal.interactive ? now() + PATIENCE_MS : Infinity;
  }

  /** One more file is done. */
  tick(): void {
    this.done++;
    const time = this.now();
    if (time < this.next) return;
    this.next = time + INTERVAL_MS;
    this.isShown = true;
    this.terminal.err(`${ERASE}${this.done} of ${this.total}`);
  }

  /** Leaves the line empty, for others to write. */
  clear(): void {
    if (this.isShown) this.terminal.err(ERASE);
    this.isShown = false;
  }
}
