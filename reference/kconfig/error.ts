/** What can be wrong with a Kconfig file, one word each. */
export type KconfigCode =
  | 'E_KCONFIG_WORD'
  | 'E_KCONFIG_PLACE'
  | 'E_KCONFIG_NAME'
  | 'E_KCONFIG_TEXT'
  | 'E_KCONFIG_EXPR'
  | 'E_KCONFIG_IF'
  | 'E_KCONFIG_TYPE'
  | 'E_KCONFIG_TWICE'
  | 'E_KCONFIG_UNKNOWN'
  | 'E_KCONFIG_CYCLE';

/** Where something is said in a Kconfig file; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A Kconfig file that can't be used. The message is `file:line code sentence`. */
export class KconfigError extends Error {
  override readonly name = 'KconfigError';

  constructor(
    readonly code: KconfigCode,
    readonly place: Place,
    sentence: string,
  ) {
    super(`${place.file}:${place.line} ${code} ${sentence}`);
  }
}
