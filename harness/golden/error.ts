import { HarnessError } from '../errors.js';

/** Everything that can be wrong with goldens; docs and scripts rely on these words. */
export type GoldenCode =
  | 'E_GOLDEN_SYNTAX'
  | 'E_GOLDEN_CONFLICT'
  | 'E_GOLDEN_UNREVIEWED'
  | 'E_GOLDEN_CASE'
  | 'E_GOLDEN_DUPLICATE_PROFILE'
  | 'E_GOLDEN_ENCODING'
  | 'E_GOLDEN_SIZE'
  | 'E_GOLDEN_ORPHAN'
  | 'E_GOLDEN_MISSING'
  | 'E_GOLDEN_IO'
  | 'E_PENDING_STALE'
  | 'E_PENDING_MISSING'
  | 'E_REVIEW'
  | 'E_CASE_ID';

/** An error in, or about, one golden file. */
export class GoldenError extends HarnessError {
  /**
   * @param file as the user would name it
   * @param line from 1; 1 where the file as a whole is meant
   * @param reason one sentence: what is wrong and what to do
   */
  constructor(
    override readonly code: GoldenCode,
    readonly file: string,
    readonly line: number,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(code, `${file}:${line}: ${reason}`, options);
  }
}
