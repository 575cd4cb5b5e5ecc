/** The JSON Schemas of suite files as editors read them. */
import type { Schema } from './builders.js';
import { Requirements } from './schema/requirements.js';
import { Suite } from './schema/suite.js';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Our own keywords as editors understand them; formats are ours and mean nothing to them. */
function forEditors(key: string, value: unknown): unknown {
  if (key === 'format') return undefined;
  if (typeof value !== 'object' || value === null || !('oneKeyOf' in value)) return value;
  const { oneKeyOf, ...rest } = value as Schema;
  return { ...rest, oneOf: oneKeyOf!.keys.map((each) => ({ required: [each] })) };
}

const LINE_WIDTH = 100;

/** Lists of words on one line where they fit, as prettier has them. */
const compact = (json: string): string =>
  json.replace(/^(.*)\[\n((?: *"[^"\n]*",?\n)+) *\](,?)$/gm, (whole, head, items, comma) => {
    const words = String(items)
      .trim()
      .split(/\s*\n\s*/)
      .join(' ');
    const line = `${head}[${words}]${comma}`;
    return line.length <= LINE_WIDTH ? line : whole;
  });

/** A schema as text. */
export const jsonText = (schema: object): string =>
  `${compact(JSON.stringify(schema, forEditors, 2))}\n`;

const render = (title: string, schema: object): string =>
  jsonText({ $schema: DRAFT, title, ...schema });

/** File below suites/ → what it must hold. */
export const SCHEMA_FILES: Readonly<Record<string, string>> = {
  'schema.json': render('mdev-conformance suite', Suite),
  'requirements.schema.json': render('mdev-conformance requirements', Requirements),
};
