/** Numbers and words as text. Source: lib/kstrtox.c, lib/string_helpers.c, 6.1 and 6.12 */
import { Errno } from './errno.js';

type Parsed<T> = { value: T } | { error: number };

/** What C code sees of a buffer: all up to the first NUL. */
export function c_string(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Whether two words are the same, one newline at the end aside. Source: sysfs_streq() */
export function sysfs_streq(text: string, word: string): boolean {
  const given = c_string(text);
  return given === word || given === `${word}\n`;
}

const DIGITS = { 8: /^[0-7]*/, 10: /^[0-9]*/, 16: /^[0-9a-f]*/i } as const;

/** The base that the beginning of a number tells. Source: _parse_integer_fixup_radix() */
function base_of(text: string): 8 | 10 | 16 {
  if (/^0x[0-9a-f]/i.test(text)) return 16;
  return text.startsWith('0') ? 8 : 10;
}

/** @returns the number, -ERANGE where its digits overflow, whatever follows them, or -EINVAL. Source: _kstrtoull() */
function parse(text: string): Parsed<bigint> {
  const base = base_of(text);
  const rest = base === 16 ? text.slice(2) : text;
  const [digits] = DIGITS[base].exec(rest)!;
  const prefix = { 8: '0o', 10: '', 16: '0x' }[base];
  const value = digits === '' ? 0n : BigInt(prefix + digits);
  if (value >= 1n << 64n) return { error: -Errno.ERANGE };
  const tail = rest.slice(digits.length);
  if (digits === '' || (tail !== '' && tail !== '\n')) return { error: -Errno.EINVAL };
  return { value };
}

/**
 * Reads a number the way of kstrtoull() with base 0: 0x for hex, a leading 0 for octal, one newline
 * at the end, a plus sign in front, and nothing else.
 * @returns the number, or -EINVAL, or -ERANGE above 2^64 - 1
 */
export function kstrtoull(text: string): Parsed<bigint> {
  return parse(c_string(text).replace(/^\+/, ''));
}

/** As {@link kstrtoull}, with a sign, for a C int. Source: kstrtoll(), kstrtoint() */
export function kstrtoint(text: string): Parsed<number> {
  const negative = text.startsWith('-');
  const parsed = negative ? parse(c_string(text.slice(1))) : kstrtoull(text);
  if ('error' in parsed) return parsed;
  const value = negative ? -parsed.value : parsed.value;
  if (value < -(1n << 31n) || value >= 1n << 31n) return { error: -Errno.ERANGE };
  return { value: Number(value) };
}

/** As {@link kstrtoull}, for an unsigned C int. Source: kstrtouint() */
export function kstrtouint(text: string): Parsed<number> {
  const parsed = kstrtoull(text);
  if ('error' in parsed) return parsed;
  return parsed.value < 1n << 32n ? { value: Number(parsed.value) } : { error: -Errno.ERANGE };
}

/** The longest text of an int, in base 2 with its sign and a newline. */
const INT_TEXT = 1 + 32 + 1;

/** As {@link kstrtoint}, of what user space wrote; what is too long is cut. Source: kstrtoint_from_user() */
export function kstrtoint_from_user(data: string): Parsed<number> {
  return kstrtoint(data.slice(0, INT_TEXT));
}

/** Source: kstrtobool() @returns what the first letters say, or -EINVAL */
export function kstrtobool(text: string): Parsed<boolean> {
  if (/^([yt1]|on)/i.test(text)) return { value: true };
  if (/^([nf0]|of)/i.test(text)) return { value: false };
  return { error: -Errno.EINVAL };
}
