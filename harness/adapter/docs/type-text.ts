/** A schema as a few words for a table. */
import type { TSchema } from '@sinclair/typebox';

/** Whether a field may be left out: typebox knows that by a symbol, which JSON has not. */
export function isOptional(schema: TSchema): boolean {
  return Object.getOwnPropertySymbols(schema).some(
    ({ description }) => description === 'TypeBox.Optional',
  );
}

/** Members of an object: `{a, b?}`. */
function objectText({ properties = {}, required = [] }: TSchema): string {
  const names = Object.keys(properties as object).map((name) =>
    (required as string[]).includes(name) ? name : `${name}?`,
  );
  return names.length === 0 ? 'an object' : `{${names.join(', ')}}`;
}

function arrayText({ items }: TSchema): string {
  const item = items as TSchema;
  if (item.anyOf?.every(({ const: word }: TSchema) => word !== undefined)) {
    return `a list of ${typeText(item)}`;
  }
  return item.type === 'object' ? `a list of ${objectText(item)}` : 'a list of texts';
}

function bare(schema: TSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return (schema.anyOf as TSchema[]).map(typeText).join(' or ');
  if (schema.patternProperties) return 'names with values';
  switch (schema.type) {
    case 'array':
      return arrayText(schema);
    case 'object':
      return objectText(schema);
    case 'integer':
      return schema.minimum === undefined
        ? 'a whole number'
        : `a whole number from ${schema.minimum}`;
    case 'number':
      return 'a number';
    default:
      return schema.pattern === undefined ? 'a text' : `a text like \`${schema.pattern}\``;
  }
}

/** What belongs in a field. */
export function typeText(schema: TSchema): string {
  return schema.description === undefined ? bare(schema) : `${bare(schema)}: ${schema.description}`;
}
