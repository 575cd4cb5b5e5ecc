import { HarnessError } from '../errors.js';

/** No slash and no empty part, so an id never leads out of the folder of goldens. */
const CASE_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
/** With its suffix and that of a temporary file, a name must stay below 255 bytes. */
const LONGEST = 200;

/** Whether `text` is the id of a case: `area.topic`, lower case, digits and hyphens. */
export function isCaseId(text: string): boolean {
  return text.length <= LONGEST && CASE_ID.test(text);
}

/**
 * The path of a case's golden inside the folder of goldens: `area/area.topic.trace`.
 * @throws HarnessError `E_CASE_ID`
 */
export function goldenPath(caseId: string): string {
  if (!isCaseId(caseId)) {
    throw new HarnessError(
      'E_CASE_ID',
      `${JSON.stringify(caseId)} is no case id: lower case, digits and hyphens, area.topic`,
    );
  }
  return `${caseId.slice(0, caseId.indexOf('.'))}/${caseId}.trace`;
}

/** The case whose golden has its place at `path`; the inverse of {@link goldenPath}. */
export function caseOfPath(path: string): string | undefined {
  const [, id] = /^[^/]+\/([^/]+)\.trace$/.exec(path) ?? [];
  return id !== undefined && isCaseId(id) && goldenPath(id) === path ? id : undefined;
}
