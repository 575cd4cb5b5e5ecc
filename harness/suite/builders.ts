/**
 * JSON Schemas with TypeBox's static types. TypeBox's own constructors make the same plain objects, but
 * importing them takes 80 ms, half of what a run of the whole suite takes; its types cost nothing.
 */
import type {
  Static,
  TArray,
  TObject,
  TOptional,
  TProperties,
  TSchema,
  TUnion,
  TUnsafe,
} from '@sinclair/typebox';
import type { FormatName } from './formats.js';

export type { Static, TSchema };

/** The subset of JSON Schema that suites use; validate.ts knows no more than this. */
export interface Schema {
  description?: string;
  type?: 'string' | 'number' | 'integer' | 'object' | 'array';
  enum?: readonly string[];
  format?: FormatName;
  minimum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: false | Schema;
  anyOf?: readonly Schema[];
  oneKeyOf?: OneKey;
}

/** Of these keys an object has exactly one; `noun` names what the key is: a verb, a claim. */
export interface OneKey {
  noun: string;
  keys: readonly string[];
}

const OPTIONAL = Symbol('optional');

const make = <T>(schema: Schema): T => schema as T;

/** A string, perhaps of one of the formats in formats.ts. */
export const text = (description: string, format?: FormatName): TUnsafe<string> =>
  make({ type: 'string', description, ...(format && { format }) });

export const integer = (description: string, minimum?: number): TUnsafe<number> =>
  make({ type: 'integer', description, ...(minimum !== undefined && { minimum }) });

/** A word of a closed vocabulary. */
export const word = <const W extends string>(
  words: readonly W[],
  description: string,
): TUnsafe<W> => make({ type: 'string', enum: words, description });

export const list = <S extends TSchema>(
  items: S,
  description: string,
  limits: Pick<Schema, 'minItems' | 'maxItems'> = {},
): TArray<S> => make({ type: 'array', items: items as Schema, description, ...limits });

/** A map with keys of the author's own choice. */
export const mapOf = <S extends TSchema>(
  values: S,
  description: string,
): TUnsafe<Record<string, Static<S>>> =>
  make({ type: 'object', additionalProperties: values as Schema, description });

/** One of several, of which no two have the same JSON type: so an error can be about the one meant. */
export const either = <S extends TSchema[]>(description: string, ...anyOf: S): TUnion<S> =>
  make({ anyOf: anyOf as Schema[], description });

export const optional = <S extends TSchema>(schema: S): TOptional<S> =>
  make(Object.assign({ ...(schema as Schema) }, { [OPTIONAL]: true }));

const isOptional = (schema: object): boolean => OPTIONAL in schema;

/** An object with these fields and no others. */
export function object<P extends TProperties>(
  properties: P,
  description: string,
  oneKeyOf?: OneKey,
): TObject<P> {
  const required = Object.keys(properties).filter((key) => !isOptional(properties[key]!));
  return make({
    type: 'object',
    description,
    properties: properties as Record<string, Schema>,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...(oneKeyOf && { oneKeyOf }),
  });
}
