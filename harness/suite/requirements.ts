/** Whether cases and requirements know each other, and each has an id of its own. */
import type { CompiledCase, Position, Requirement } from './compiled.js';
import type { SuiteError } from './errors.js';

/** An error at a place that is known by line and column only. */
const at = (
  place: Position,
  code: SuiteError['code'],
  message: string,
  hint?: string,
): SuiteError => ({ code, ...place, message, ...(hint !== undefined && { hint }) });

/** Ids that occur again, each at its second place. */
export function duplicates(
  rows: readonly { id: string; source: Position }[],
  code: 'E_SUITE_DUPLICATE_CASE' | 'E_SUITE_DUPLICATE_REQUIREMENT',
): SuiteError[] {
  const first = new Map<string, Position>();
  return rows.flatMap(({ id, source }) => {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, source);
      return [];
    }
    const hint = `the first is at ${before.file}:${before.line}`;
    return [at(source, code, `${id} is here again`, hint)];
  });
}

/** Requirements that no case tests. */
export function untested(
  cases: readonly CompiledCase[],
  requirements: readonly Requirement[],
): SuiteError[] {
  const tested = new Set(cases.flatMap(({ because }) => because));
  return requirements
    .filter(({ id }) => !tested.has(id))
    .map(({ id, source }) => {
      const hint = `write a case with because: [${id}]`;
      return at(source, 'E_SUITE_NO_CASE', `no case tests ${id}`, hint);
    });
}
