/** Whether cases and goldens belong together, one to one. */
import { goldenPath } from './case-id.js';
import { GoldenError } from './error.js';

/**
 * Every golden without a case, and every case without a golden.
 * @param cases ids of all cases of the suites, not only of those selected
 * @param goldens what the store lists
 * @param strays files among the goldens that no case id leads to
 */
export function audit(
  cases: readonly string[],
  goldens: readonly string[],
  strays: readonly string[] = [],
): GoldenError[] {
  const known = new Set(cases);
  const recorded = new Set(goldens);
  return [
    ...goldens.filter((id) => !known.has(id)).map((id) => orphan(goldenPath(id), `no case ${id}`)),
    ...strays.map((file) => orphan(file, 'no case has its golden here')),
    ...cases.filter((id) => !recorded.has(id)).map(missing),
  ];
}

function orphan(file: string, why: string): GoldenError {
  return new GoldenError('E_GOLDEN_ORPHAN', file, 1, `${why}; delete the file or restore the case`);
}

/** A case that was never recorded. */
function missing(caseId: string): GoldenError {
  const reason = `case ${caseId} has no golden; record and accept it`;
  return new GoldenError('E_GOLDEN_MISSING', goldenPath(caseId), 1, reason);
}
