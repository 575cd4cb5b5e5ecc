/** What `--adapter` says. */
import { HarnessError } from '../errors.js';
import { ADAPTER_KINDS, type AdapterKind, type AdapterKindName } from './kinds.js';

/** A kind of implementation, and which one of it. */
export interface AdapterSpec {
  kind: AdapterKindName;
  /** what {@link AdapterKind.load} opens */
  target: string;
  /** as the user wrote it */
  text: string;
  /** the same for reports; what follows the path of a URL may be a secret */
  shown: string;
}

/** The row of a kind. */
export const kindOf = ({ kind }: AdapterSpec): AdapterKind => ADAPTER_KINDS[kind];

function unknown(text: string): HarnessError {
  const forms = new Set(Object.values(ADAPTER_KINDS).map(({ form }) => form));
  const message = `${JSON.stringify(text)} is no adapter; it is one of ${[...forms].join(', ')}`;
  return new HarnessError('E_USAGE', message);
}

/** @throws HarnessError `E_USAGE` for what is of no kind */
export function parseSpec(text: string): AdapterSpec {
  const colon = text.indexOf(':');
  const word = colon < 0 ? text : text.slice(0, colon);
  if (!Object.hasOwn(ADAPTER_KINDS, word)) throw unknown(text);
  const kind = word as AdapterKindName;
  const row: AdapterKind = ADAPTER_KINDS[kind];
  const rest = colon < 0 ? '' : text.slice(colon + 1);
  if (rest === '' && kind !== 'reference') throw unknown(text);
  const shown = row.whole ? text.replace(/[?#].*/s, '') : text;
  return { kind, target: row.whole ? text : rest, text, shown };
}
