import type { Answer, TreeEntry } from '../adapter/protocol.js';
import { fieldTexts, sortedKeys } from './fields.js';
import { digits, token } from './token.js';

/** A field longer than this gets a line of its own. */
const INLINE_LIMIT = 60;

function outcome({ ret, errno }: Answer): string {
  if (ret !== undefined) return ` = ${ret}`;
  return errno === undefined ? '' : ` = ${token(errno)}`;
}

/** The remaining fields, by name; of a list, its length, so that an empty one is seen. */
function answerFields(answer: Answer): string[] {
  return [
    ...fieldTexts('arg', answer.arg),
    ...fieldTexts('data', answer.data),
    ...fieldTexts('entries', answer.entries?.length),
    ...fieldTexts('errno', answer.ret === undefined ? undefined : answer.errno),
    ...fieldTexts('hex', answer.hex),
    ...fieldTexts('names', answer.names?.length),
    ...fieldTexts('state', answer.state),
    ...fieldTexts('values', answer.values && Object.keys(answer.values).length),
  ];
}

function entryText({ path, mode, link, data, errno }: TreeEntry): string {
  const fields = [
    ...fieldTexts('data', data),
    ...fieldTexts('errno', errno),
    ...fieldTexts('link', link),
  ];
  return ['entry', token(path), digits(mode), ...fields].join(' ');
}

function valueTexts(values: Readonly<Record<string, string>>): string[] {
  return sortedKeys(values).map((name) => `value ${token(name)} ${token(values[name]!)}`);
}

/**
 * The lines of an answer: `head = ret` with its short fields, then, one step deeper, long fields,
 * names, entries, values, and the result of a task.
 */
export function answerLines(head: string, answer: Answer): string[] {
  const fields = answerFields(answer);
  const short = fields.filter((field) => field.length <= INLINE_LIMIT);
  const details = [
    ...fields.filter((field) => field.length > INLINE_LIMIT),
    ...(answer.names ?? []).map((name) => `name ${token(name)}`),
    ...(answer.entries ?? []).map(entryText),
    ...valueTexts(answer.values ?? {}),
    ...(answer.result === undefined ? [] : answerLines('result', answer.result)),
  ];
  return [[head + outcome(answer), ...short].join(' '), ...details.map((detail) => `  ${detail}`)];
}
