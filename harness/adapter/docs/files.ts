/** The files that describe protocol 1, as the schemas have it. */
import { jsonText } from '../../suite/schema-files.js';
import { protocolSchema } from './json-schema.js';
import { protocolPage } from './markdown.js';

/** File below the root of the project → what it must hold. */
export const PROTOCOL_FILES: Readonly<Record<string, string>> = {
  'harness/adapter/protocol.schema.json': jsonText(protocolSchema),
  'docs/protocol.md': protocolPage(),
};
