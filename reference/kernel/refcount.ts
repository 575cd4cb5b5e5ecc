import { KernelBug } from './bug.js';

/** A reference count that is never below zero and never comes back from it. Source: lib/refcount.c, 6.1 */
export class Refcount {
  private count = 1;

  /** @param of what is counted, for the message of a fault */
  constructor(private readonly of: string) {}

  get value(): number {
    return this.count;
  }

  /** Takes a reference. @throws KernelBug `USE_AFTER_FREE` once the last one was given back */
  get(): void {
    if (this.count === 0)
      throw new KernelBug('USE_AFTER_FREE', `reference to ${this.of} after its release`);
    this.count++;
  }

  /** Takes a reference unless the last one is gone. Source: refcount_inc_not_zero() */
  getUnlessZero(): boolean {
    if (this.count === 0) return false;
    this.count++;
    return true;
  }

  /** Gives a reference back. @returns whether it was the last one */
  put(): boolean {
    if (this.count === 0)
      throw new KernelBug('REFCOUNT', `reference count of ${this.of} below zero`);
    return --this.count === 0;
  }
}
