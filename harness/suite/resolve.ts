import type { Call } from '../adapter/protocol.js';
import type { CallTemplate, CompiledCall, FdRef } from './compiled.js';

/** Descriptors by the names that the case gave them. */
export type Bindings = ReadonlyMap<string, number>;

/** No descriptor: the kernel answers EBADF, so that a case goes on after an open that failed. */
const NO_FD = -1;

const isRef = (value: object): value is FdRef => 'ref' in value;

function fill(value: unknown, bindings: Bindings): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isRef(value)) return bindings.get(value.ref) ?? NO_FD;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, bindings)]),
  );
}

/** The call with descriptors in place of names; a name without a descriptor is -1. */
export function resolveCall(
  { template }: Pick<CompiledCall, 'template'>,
  bindings: Bindings,
): Call {
  return fill(template, bindings) as Call;
}

/** The names of descriptors that a call uses. */
export function refsOf(template: CallTemplate): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isRef(value)) found.push(value.ref);
    else Object.values(value).forEach(look);
  };
  look(template.params);
  return found;
}
