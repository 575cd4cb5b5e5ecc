/** Values against schemas: every mistake with its path, for the subset of JSON Schema in builders.ts. */
import type { Schema } from './builders.js';
import { checkFormat, type Problem, type World } from './formats.js';
import { didYouMean } from './suggest.js';

/** Keys and indices from the root of a file. */
export type Path = readonly (string | number)[];

export interface Mistake extends Problem {
  path: Path;
  /** the mistake is the key at the end of the path, not its value */
  atKey?: boolean;
}

type JsonType = 'string' | 'number' | 'object' | 'array' | 'boolean' | 'null';

interface Run {
  world: World;
  mistakes: Mistake[];
}

const TYPE_NAMES: Readonly<Record<JsonType, string>> = {
  string: 'a text',
  number: 'a number',
  object: 'a map',
  array: 'a list',
  boolean: 'true or false',
  null: 'nothing',
};

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

const accepts = (schema: Schema): JsonType =>
  schema.type === 'integer' ? 'number' : (schema.type ?? 'object');

const article = (types: readonly JsonType[]): string =>
  types.map((type) => TYPE_NAMES[type]).join(' or ');

function wrongType(value: unknown, types: readonly JsonType[], path: Path): Mistake {
  const found = typeOf(value);
  const quote = found === 'boolean' || found === 'number';
  return {
    code: 'E_SUITE_TYPE',
    path,
    message: `expected ${article(types)}, found ${TYPE_NAMES[found]}`,
    ...(quote && types.includes('string') && { hint: 'put it in quotes to make it a text' }),
  };
}

function checkString(value: string, schema: Schema, path: Path, run: Run): void {
  if (schema.enum && !schema.enum.includes(value)) {
    const ioctl = schema.enum[0]?.startsWith('VFIO_');
    run.mistakes.push({
      code: ioctl ? 'E_SUITE_IOCTL' : 'E_SUITE_WORD',
      path,
      message: `${JSON.stringify(value)} is no known ${ioctl ? 'ioctl request' : 'word here'}`,
      hint: didYouMean(value, schema.enum),
    });
  }
  const problem = schema.format && checkFormat(schema.format, value, run.world);
  if (problem) run.mistakes.push({ path, ...problem });
}

function checkNumber(value: number, schema: Schema, path: Path, run: Run): void {
  const wrong = (message: string, hint?: string) =>
    run.mistakes.push({ code: 'E_SUITE_VALUE', path, message, ...(hint && { hint }) });
  if (!Number.isSafeInteger(value)) {
    wrong(`${value} is not a whole number that can be held exactly`, 'put it in quotes');
  } else if (schema.minimum !== undefined && value < schema.minimum) {
    wrong(`${value} is less than ${schema.minimum}`);
  }
}

function checkArray(value: readonly unknown[], schema: Schema, path: Path, run: Run): void {
  const { minItems = 0, maxItems = Infinity } = schema;
  if (value.length < minItems || value.length > maxItems) {
    const needed = minItems === maxItems ? `exactly ${minItems}` : `at least ${minItems}`;
    const message = `the list has ${value.length} items, it needs ${needed}`;
    run.mistakes.push({ code: 'E_SUITE_VALUE', path, message });
  }
  value.forEach((item, index) => check(item, schema.items!, [...path, index], run));
}

/** How many of the keys of `oneKeyOf` are there decides how unknown keys are spoken of. */
function checkKeys(value: object, schema: Schema, path: Path, run: Run): void {
  const { properties = {}, oneKeyOf } = schema;
  const chosen = oneKeyOf ? Object.keys(value).filter((key) => oneKeyOf.keys.includes(key)) : [];
  const missing = oneKeyOf !== undefined && chosen.length === 0;
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  for (const key of unknown) {
    const asVerb = missing && oneKeyOf.noun === 'verb';
    run.mistakes.push({
      code: asVerb ? 'E_SUITE_UNKNOWN_VERB' : 'E_SUITE_UNKNOWN_FIELD',
      path: [...path, key],
      atKey: true,
      message: asVerb ? `${key} is no verb` : `${key} is no field here`,
      hint: didYouMean(key, missing ? oneKeyOf.keys : Object.keys(properties), 20),
    });
  }
  if (oneKeyOf && (chosen.length > 1 || (missing && unknown.length === 0))) {
    run.mistakes.push({
      code: 'E_SUITE_ONE_KEY',
      path,
      message: missing
        ? `there is no ${oneKeyOf.noun}`
        : `there are ${chosen.length} of one ${oneKeyOf.noun}: ${chosen.join(', ')}`,
      hint: missing ? didYouMean('', oneKeyOf.keys) : 'take them apart',
    });
  }
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  path: Path,
  run: Run,
): void {
  for (const key of schema.required ?? []) {
    if (Object.hasOwn(value, key)) continue;
    const about = schema.properties?.[key]?.description;
    run.mistakes.push({
      code: 'E_SUITE_MISSING',
      path,
      message: `the field ${key} is missing`,
      ...(about && { hint: `${key}: ${about}` }),
    });
  }
  const free = schema.additionalProperties;
  if (!free) checkKeys(value, schema, path, run);
  for (const [key, item] of Object.entries(value)) {
    const own = Object.hasOwn(schema.properties ?? {}, key);
    const inner = own ? schema.properties![key] : free || undefined;
    if (inner) check(item, inner, [...path, key], run);
  }
}

function check(value: unknown, schema: Schema, path: Path, run: Run): void {
  const found = typeOf(value);
  const branches = schema.anyOf ?? [schema];
  const branch = branches.find((each) => accepts(each) === found);
  if (branch === undefined) {
    run.mistakes.push(wrongType(value, branches.map(accepts), path));
    return;
  }
  if (typeof value === 'string') checkString(value, branch, path, run);
  else if (typeof value === 'number') checkNumber(value, branch, path, run);
  else if (Array.isArray(value)) checkArray(value, branch, path, run);
  else checkObject(value as Readonly<Record<string, unknown>>, branch, path, run);
}

/** Every mistake of `value` against `schema`, in the order of the value. */
export function validate(value: unknown, schema: object, world: World): Mistake[] {
  const run: Run = { world, mistakes: [] };
  check(value, schema as Schema, [], run);
  return run.mistakes;
}
