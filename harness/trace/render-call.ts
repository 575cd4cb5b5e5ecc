import type { Call } from '../adapter/protocol.js';
import { fieldTexts, sortedKeys } from './fields.js';
import { MAIN_PARAM } from './syntax.js';
import { scalar, token } from './token.js';

function methodText(method: string, params: Readonly<Record<string, unknown>>): string {
  const main = MAIN_PARAM[method];
  let out = token(method);
  if (main !== undefined && params[main] !== undefined) out += ' ' + scalar(params[main]);
  for (const key of sortedKeys(params)) {
    if (key === main) continue;
    for (const field of fieldTexts(key, params[key])) out += ' ' + field;
  }
  return out;
}

/** `write /sys/… data=A`; with `start`, the task and then its call: `start remover write /sys/…`. */
export function callText(call: Call): string {
  if (call.method !== 'start') return methodText(call.method, call.params);
  const { task, method, params } = call.params;
  return `start ${token(task)} ${methodText(method, params)}`;
}
