import type { TraceEvent } from '../adapter/protocol.js';
import { argsText, sortedKeys } from './fields.js';
import { KEYWORDS, VOID } from './syntax.js';
import { line, quote, token } from './token.js';

function functionName(fn: string): string {
  return KEYWORDS.has(fn) ? quote(fn) : token(fn);
}

/** `mtty.probe`; a driver with a dot of its own is quoted, so the first bare dot separates. */
function callbackName(driver: string, op: string): string {
  return `callback ${driver.includes('.') ? quote(driver) : token(driver)}.${token(op)}`;
}

function envText(env: Readonly<Record<string, string>>): string {
  let out = '';
  for (const key of sortedKeys(env)) out += ' ' + token(key) + '=' + token(env[key]!);
  return out;
}

/** What a return adds to its call: ` = 0`, or ` = void`. */
export function outcomeText(ret: number | undefined): string {
  return ret === undefined ? ` = ${VOID}` : ` = ${ret}`;
}

/** One event without task and indentation; equal events have equal texts, and only they. */
export function eventText(event: TraceEvent): string {
  switch (event.ev) {
    case 'sysfs':
      return event.change + ' ' + token(event.path);
    case 'uevent':
      return `uevent ${token(event.action)} ${token(event.devpath)}` + envText(event.env);
    case 'log':
      return `log <${event.level}> ` + line(event.message);
    case 'call':
      return functionName(event.fn) + argsText(event.args);
    case 'return':
      return '< ' + functionName(event.fn) + outcomeText(event.ret);
    case 'callback':
      return callbackName(event.driver, event.op) + argsText(event.args);
    case 'callback-return':
      return '< ' + callbackName(event.driver, event.op) + outcomeText(event.ret);
  }
}
