import type { Answer, TreeEntry } from '../adapter/protocol.js';
import type { Cursor } from './cursor.js';
import { put, readField, readFields, type Fields } from './parse-fields.js';

/** Turns lengths, as they stand on the line, into lists and maps to be filled. */
function openLists(fields: Fields): Answer {
  for (const key of ['names', 'entries']) if (Object.hasOwn(fields, key)) fields[key] = [];
  if (Object.hasOwn(fields, 'values')) fields['values'] = {};
  return fields as Answer;
}

/** What follows the head of an answer: ` = ret` or ` = errno`, and short fields. */
export function readAnswer(cursor: Cursor): Answer {
  const fields: Fields = {};
  if (cursor.skip(' = ')) {
    const outcome = cursor.scalar();
    fields[typeof outcome === 'number' ? 'ret' : 'errno'] = outcome;
  }
  readFields(cursor, fields);
  return openLists(fields);
}

function readEntry(cursor: Cursor): TreeEntry {
  const path = cursor.string();
  cursor.expect(' ');
  const entry = { path, mode: cursor.raw() };
  readFields(cursor, entry);
  return entry;
}

function readValue(cursor: Cursor, values: Record<string, string>): void {
  const name = cursor.string();
  cursor.expect(' ');
  put(values, name, cursor.string());
}

/**
 * Adds a line that follows an answer to it.
 * @returns the answer to which further lines belong
 */
export function readDetail(cursor: Cursor, answer: Answer): Answer {
  if (cursor.skip('result')) return (answer.result = readAnswer(cursor));
  if (cursor.skip('name ')) (answer.names ??= []).push(cursor.string());
  else if (cursor.skip('entry ')) (answer.entries ??= []).push(readEntry(cursor));
  else if (cursor.skip('value ')) readValue(cursor, (answer.values ??= {}));
  else readField(cursor, answer as Fields);
  return answer;
}
