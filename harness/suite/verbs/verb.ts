import type { Static, TSchema } from '../builders.js';
import type { CallTemplate, FdRef } from '../compiled.js';
import { UUIDS, substitute, uuidOf } from '../uuids.js';

/** A call, and the name that its descriptor gets. */
export interface VerbCall {
  template: CallTemplate;
  bind?: string;
}

/** One verb of suite files: what an author writes, and the calls that it stands for. */
export interface Verb<V = unknown> {
  description: string;
  schema: TSchema;
  /** whether `as` may name a descriptor that it opens, and whether it must */
  as?: 'optional' | 'required';
  /** what the last call must answer where the author expects nothing in particular, and may not */
  expects?: 'exists' | 'absent';
  /** @param value validated against the schema. @param as the name for the descriptor, if given */
  compile(value: V, as?: string): readonly VerbCall[];
}

/** A row of a table of verbs, typed by its schema. */
export function verb<S extends TSchema>(
  description: string,
  schema: S,
  compile: (value: Static<S>, as?: string) => VerbCall | readonly VerbCall[],
  more: Pick<Verb, 'as' | 'expects'> = {},
): Verb {
  return {
    description,
    schema,
    ...more,
    compile: (value, as) => [compile(value as Static<S>, as)].flat(),
  };
}

/** The descriptor behind a field: a name given with `as`, or a number that is taken as it is. */
export const fd = (field: string | number): number | FdRef =>
  typeof field === 'number' ? field : { ref: field };

/** One call of a method, as a row of {@link VerbCall}. */
export const call = <M extends CallTemplate['method']>(
  method: M,
  params: Extract<CallTemplate, { method: M }>['params'],
  bind?: string,
): VerbCall => ({
  template: { method, params } as CallTemplate,
  ...(bind !== undefined && { bind }),
});

/** A write to a file of sysfs. */
export const writeTo = (path: string, data: string | number): VerbCall =>
  call('write', { path: substitute(path), data: substitute(String(data)) });

/** `parent/type` → the directory of that type. */
export function typeDir(type: string): string {
  const [parent, name] = type.split('/');
  return `/sys/class/mdev_bus/${parent}/mdev_supported_types/${name}`;
}

export const deviceDir = (letter: string): string => `/sys/bus/mdev/devices/${uuidOf(letter)}`;

export { UUIDS, substitute, uuidOf };
