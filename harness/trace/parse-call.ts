import { METHODS } from '../adapter/methods.js';
import type { Call } from '../adapter/protocol.js';
import type { Cursor } from './cursor.js';
import { readFields, type Fields } from './parse-fields.js';
import { MAIN_PARAM } from './syntax.js';

function readMethod(cursor: Cursor): string {
  const method = cursor.string();
  if (!Object.hasOwn(METHODS, method)) throw cursor.error(`there is no method "${method}"`);
  return method;
}

function readMethodCall(cursor: Cursor): { method: string; params: Fields } {
  const method = readMethod(cursor);
  const params: Fields = {};
  readFields(cursor, params, MAIN_PARAM[method]);
  return { method, params };
}

/** The inverse of `callText`. */
export function readCall(cursor: Cursor): Call {
  if (!cursor.skip('start ')) return readMethodCall(cursor) as unknown as Call;
  const task = cursor.string();
  cursor.expect(' ');
  return { method: 'start', params: { task, ...readMethodCall(cursor) } } as unknown as Call;
}
