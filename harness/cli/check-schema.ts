/** The JSON Schemas beside the suites, which editors use, are those of this version. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SCHEMA_FILES } from '../suite/schema-files.js';
import type { Problem } from './problem.js';

function isCurrent(file: string, wanted: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(wanted));
  } catch {
    return false;
  }
}

/** What is wrong with schema files; suites of other people need not have any. */
export function schemaProblems(suites: string): Problem[] {
  return Object.entries(SCHEMA_FILES).flatMap(([name, wanted]): Problem[] => {
    const file = join(suites, name);
    if (!existsSync(file) || isCurrent(file, wanted)) return [];
    const message = 'the schema is not that of this version';
    const hint = 'write it again: node build/harness/suite/write-schema.js';
    return [{ code: 'E_SCHEMA', file, line: 0, message, hint }];
  });
}
