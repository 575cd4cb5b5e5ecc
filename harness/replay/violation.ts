import type { TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';

/** Compiled when first needed: a transcript uses few of the methods. */
const compiled = new Map<TSchema, TypeCheck<TSchema>>();

function checkOf(schema: TSchema): TypeCheck<TSchema> {
  let check = compiled.get(schema);
  if (check === undefined) compiled.set(schema, (check = TypeCompiler.Compile(schema)));
  return check;
}

/**
 * Why `value` does not follow `schema`: the place in it and what belongs there.
 * @returns undefined if it does
 */
export function violation(schema: TSchema, value: unknown): string | undefined {
  const check = checkOf(schema);
  if (check.Check(value)) return undefined;
  const { path, message } = check.Errors(value).First()!;
  const clause = message.charAt(0).toLowerCase() + message.slice(1);
  return path === '' ? clause : `${path.slice(1)}: ${clause}`;
}
