import { isAscii, isUtf8 } from 'node:buffer';
import { GoldenError } from './error.js';

/** More than this is no golden that anybody reviews. */
export const SIZE_LIMIT = 8 * 1024 * 1024;

/** @throws GoldenError `E_GOLDEN_SIZE` */
export function requireSize(bytes: number, file: string): void {
  if (bytes <= SIZE_LIMIT) return;
  const reason = `${bytes} bytes are more than a golden may have (${SIZE_LIMIT})`;
  throw new GoldenError('E_GOLDEN_SIZE', file, 1, reason);
}

/** @throws GoldenError `E_GOLDEN_ENCODING` with the first line that is not UTF-8 */
export function decode(bytes: Buffer, file: string): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to + 1;
  }
  throw new GoldenError('E_GOLDEN_ENCODING', file, line, 'this line is not UTF-8');
}
