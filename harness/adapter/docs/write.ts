/** Writes the files that describe protocol 1. Run after a build: node build/harness/adapter/docs/write.js */
import { writeFileSync } from 'node:fs';
import { PROTOCOL_FILES } from './files.js';

for (const [name, content] of Object.entries(PROTOCOL_FILES)) writeFileSync(name, content);
