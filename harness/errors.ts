/**
 * An error of whoever uses the harness, as opposed to a bug in it: printed as one sentence with its
 * code, never as a stack trace.
 */
export class HarnessError extends Error {
  override readonly name: string = 'HarnessError';

  /**
   * @param code a stable word, `E_…`, for scripts and documentation
   * @param message one sentence: what, where, and what to do
   */
  constructor(
    readonly code: `E_${string}`,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The implementation under test broke the protocol or died: its own verdict, never a failed case. */
export class AdapterFault extends HarnessError {
  override readonly name = 'AdapterFault';
  /** the end of what the implementation wrote to stderr, if it has one */
  readonly stderr: string | undefined;

  constructor(
    code: `E_${string}`,
    message: string,
    { stderr, ...options }: ErrorOptions & { stderr?: string | undefined } = {},
  ) {
    super(code, message, options);
    this.stderr = stderr;
  }
}
