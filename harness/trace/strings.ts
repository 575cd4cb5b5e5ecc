/**
 * A copy of `value` with `change` applied to every string in it, keys apart; what has nothing to
 * change is shared with the original.
 */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  return map(value, change) as T;
}

function map(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const source = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(source)) {
    const before = source[key];
    const after = map(before, change);
    if (after === before) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...source }) as typeof source;
    copy[key] = after;
  }
  return copy ?? value;
}
