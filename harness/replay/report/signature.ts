import { align } from '../../trace/explain/align.js';
import type { Mismatch } from '../mismatch.js';
import { lettersFor } from './letters.js';

/** Beyond this many rows, two differences that agree so far are the same. */
const ROWS = 20;

/** What makes two mismatches the same news: the same lines in place of the same others. */
export function signature({ level, call, expected, actual, texts }: Mismatch): string {
  const { rows } = align(texts.expected, texts.actual, 0, ROWS);
  const differing = rows.filter((row) => !row.same);
  const key = JSON.stringify([level, call.method, expected, actual, differing]);
  return lettersFor([key]).write(key);
}
