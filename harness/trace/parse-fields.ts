import type { Cursor } from './cursor.js';

/** What a line says about one thing, by key. */
export type Fields = Record<string, unknown>;

/** Sets an own property, also one called `__proto__`. */
export function put(record: Fields, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value;
  else
    Object.defineProperty(record, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

/** One value of the protocol: `arg.fd=11` is a member of `arg`, and `hex` is always a text. */
function putField(record: Fields, key: string, cursor: Cursor): void {
  const dot = key.indexOf('.');
  if (dot < 0) return put(record, key, key === 'hex' ? cursor.raw() : cursor.scalar());
  const outer = key.slice(0, dot);
  const inner = (Object.hasOwn(record, outer) ? record[outer] : {}) as Fields;
  putField(inner, key.slice(dot + 1), cursor);
  put(record, outer, inner);
}

function putArg(record: Fields, key: string, cursor: Cursor): void {
  put(record, key, cursor.scalar());
}

function readAll(cursor: Cursor, record: Fields, assign: typeof putArg, main?: string): void {
  let bare = main;
  while (!cursor.done && !cursor.sees(' = ')) {
    cursor.expect(' ');
    const word = cursor.scalar();
    if (cursor.skip('=')) assign(record, String(word), cursor);
    else if (bare !== undefined) put(record, bare, word);
    else throw cursor.error(`${JSON.stringify(word)} needs a key: key=value`);
    bare = undefined;
  }
}

/**
 * Reads arguments of an event into `record`, up to ` = ` or the end of the line.
 * @param main the key of the value that may stand first without one
 */
export function readArgs(cursor: Cursor, record: Fields, main?: string): void {
  readAll(cursor, record, putArg, main);
}

/** The same for the fields of a call or an answer, which can be objects. */
export function readFields(cursor: Cursor, record: Fields, main?: string): void {
  readAll(cursor, record, putField, main);
}

/** One field that stands alone on its line. */
export function readField(cursor: Cursor, record: Fields): void {
  const key = cursor.string();
  cursor.expect('=');
  putField(record, key, cursor);
}
