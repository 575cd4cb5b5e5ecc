import { HarnessError } from '../errors.js';

/** Everything that can be wrong with a transcript; docs and scripts rely on these words. */
export type TranscriptCode =
  | 'E_TRANSCRIPT_UNREADABLE'
  | 'E_TRANSCRIPT_NONE'
  | 'E_TRANSCRIPT_SIZE'
  | 'E_TRANSCRIPT_ENCODING'
  | 'E_TRANSCRIPT_EMPTY'
  | 'E_TRANSCRIPT_JSON'
  | 'E_TRANSCRIPT_HEADER'
  | 'E_TRANSCRIPT_CASE'
  | 'E_TRANSCRIPT_VERSION'
  | 'E_TRANSCRIPT_LINE'
  | 'E_TRANSCRIPT_ORDER'
  | 'E_TRANSCRIPT_METHOD'
  | 'E_TRANSCRIPT_PARAMS'
  | 'E_TRANSCRIPT_RESULT'
  | 'E_TRANSCRIPT_EVENT'
  | 'E_TRANSCRIPT_TRUNCATED';

/** An error in, or about, one transcript. */
export class TranscriptError extends HarnessError {
  /**
   * @param file as the user would name it
   * @param line from 1; 1 where the file as a whole is meant
   * @param reason one sentence: what is wrong and what to do
   */
  constructor(
    override readonly code: TranscriptCode,
    readonly file: string,
    readonly line: number,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(code, `${file}:${line}: ${reason}`, options);
  }
}
