/**
 * Writes the JSON Schemas of suite files for editors: suites/schema.json and
 * suites/requirements.schema.json. Run after a build: node build/harness/suite/write-schema.js
 */
import { writeFileSync } from 'node:fs';
import { SCHEMA_FILES } from './schema-files.js';

for (const [name, content] of Object.entries(SCHEMA_FILES)) {
  writeFileSync(`suites/${name}`, content);
}
