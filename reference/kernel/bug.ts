/**
 * The model has caught itself doing what a kernel must never do: a fault of the implementation, not
 * an answer to anybody's call (design: the reference checks itself).
 */
export class KernelBug extends Error {
  override readonly name = 'KernelBug';

  /** @param code what was broken, one stable word */
  constructor(
    readonly code: 'REFCOUNT' | 'USE_AFTER_FREE' | 'LOCKING' | 'LEAK' | 'HUNG_TASK' | 'OOPS',
    message: string,
  ) {
    super(message);
  }
}
