/** `key=value` lists: sorted by key, so that the order in which JSON came never shows. */
import { MAIN_ARG } from './syntax.js';
import { digits, scalar, token } from './token.js';

type Fields = Readonly<Record<string, unknown>>;

/** The keys of `record` in the one order that the text knows. */
export function sortedKeys(record: Fields): string[] {
  const keys = Object.keys(record);
  for (let i = 1; i < keys.length; i++) {
    if (keys[i]! < keys[i - 1]!) return keys.sort();
  }
  return keys;
}

/** Arguments of an event: `dev` first and bare, then ` key=value` of the others. */
export function argsText(args: Fields): string {
  let out = '';
  for (const key of sortedKeys(args)) {
    const value = args[key];
    if (value === undefined) continue;
    if (key === MAIN_ARG) out = ' ' + scalar(value) + out;
    else out += ' ' + token(key) + '=' + scalar(value);
  }
  return out;
}

/** One field of a call or an answer; of an object, one field per member: `arg.fd=11`. */
export function fieldTexts(key: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) {
    const text = key === 'hex' && typeof value === 'string' ? digits(value) : scalar(value);
    return [token(key) + '=' + text];
  }
  const members = value as Fields;
  return sortedKeys(members).flatMap((member) =>
    fieldTexts(member, members[member]).map((text) => `${key}.${text}`),
  );
}
