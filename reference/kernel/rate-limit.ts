import { LogLevel } from './printk.js';

/** Source: include/linux/ratelimit_types.h, DEFAULT_RATELIMIT_INTERVAL and _BURST, 6.1. */
const INTERVAL_MS = 5000;
const BURST = 10;

/** Where the number of those that were held back goes. */
export interface RateLimitLog {
  pr(level: LogLevel, message: string): void;
}

/**
 * Lets ten messages of one place in the code through in five seconds. The state belongs to the
 * place, not to a device: all devices of a loaded module share it.
 * Source: lib/ratelimit.c, ___ratelimit, 6.1.
 */
export class RateLimit {
  private begin: number | null = null;
  private printed = 0;
  private missed = 0;

  /**
   * @param fn the function that the place is in
   * @param nowMs the kernel's clock
   */
  constructor(
    private readonly fn: string,
    private readonly nowMs: () => number,
  ) {}

  /** @returns whether a message may be printed now; tells of those that were not, once it may again */
  allows(log: RateLimitLog): boolean {
    const now = this.nowMs();
    this.begin ??= now;
    if (now > this.begin + INTERVAL_MS) this.restart(now, log);
    if (this.printed >= BURST) {
      this.missed++;
      return false;
    }
    this.printed++;
    return true;
  }

  private restart(now: number, log: RateLimitLog): void {
    if (this.missed) {
      log.pr(LogLevel.WARNING, `${this.fn}: ${this.missed} callbacks suppressed`);
    }
    this.missed = 0;
    this.begin = now;
    this.printed = 0;
  }
}
