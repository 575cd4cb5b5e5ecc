/** A change as a unified difference, for files, mails and scripts. */
import { excerpt } from '../../compare/excerpt.js';
import type { Group } from '../../compare/types.js';
import { unified } from '../../trace/explain/layout.js';
import { PLAIN } from '../../trace/explain/palette.js';
import { plural } from '../words.js';

/** Lines with `-` and `+`; what is left out is counted. */
export function unifiedChange({ change, example }: Pick<Group, 'change' | 'example'>): string[] {
  return excerpt(change.rows, example.rows).flatMap(({ skipped, rows }) => [
    ...(skipped > 0 ? [`@@ ${plural(skipped, 'line')} @@`] : []),
    ...unified(rows, PLAIN),
  ]);
}
