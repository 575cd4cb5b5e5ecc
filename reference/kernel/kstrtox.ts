import { Errno } from './errno.js';

const DIGITS = /^(?:0x([0-9a-f]+)|0([0-7]*)|([1-9][0-9]*))\n?$/i;

/**
 * Reads a number the way of kstrtoull() with base 0: 0x for hex, a leading 0 for octal, one newline
 * at the end, a plus sign in front, and nothing else.
 * @returns the number, or -EINVAL, or -ERANGE above 2^64 - 1
 * Source: lib/kstrtox.c, _kstrtoull(), 6.1
 */
export function kstrtoull(text: string): { value: bigint } | { error: number } {
  const match = DIGITS.exec(text.replace(/^\+/, ''));
  if (!match) return { error: -Errno.EINVAL };
  const [, hex, octal, decimal] = match;
  const value =
    hex !== undefined
      ? BigInt(`0x${hex}`)
      : decimal !== undefined
        ? BigInt(decimal)
        : BigInt(octal ? `0o${octal}` : 0);
  return value < 1n << 64n ? { value } : { error: -Errno.ERANGE };
}

/** As {@link kstrtoull}, with a sign, for a C int. Source: kstrtoint() */
export function kstrtoint(text: string): { value: number } | { error: number } {
  const negative = text.startsWith('-');
  const parsed = kstrtoull(negative ? text.slice(1).replace(/^\+/, 'x') : text);
  if ('error' in parsed) return parsed;
  const value = negative ? -parsed.value : parsed.value;
  if (value < -(1n << 31n) || value >= 1n << 31n) return { error: -Errno.ERANGE };
  return { value: Number(value) };
}
