import type { EventArgs, TraceEvent } from '../adapter/protocol.js';
import type { Cursor } from './cursor.js';
import { readArgs } from './parse-fields.js';
import { MAIN_ARG, VOID } from './syntax.js';

function readArgsOf(cursor: Cursor): EventArgs {
  const args: EventArgs = {};
  readArgs(cursor, args, MAIN_ARG);
  return args;
}

/** `{ret}` or, for a void function, `{}`. */
function readOutcome(cursor: Cursor): { ret?: number } {
  cursor.expect(' = ');
  return cursor.skip(VOID) ? {} : { ret: cursor.number() };
}

function readCallbackName(cursor: Cursor): { driver: string; op: string } {
  const driver = cursor.upToDot();
  cursor.expect('.');
  return { driver, op: cursor.string() };
}

function readUevent(cursor: Cursor, task: string): TraceEvent {
  const action = cursor.string();
  cursor.expect(' ');
  const devpath = cursor.string();
  const env: Record<string, string> = {};
  readArgs(cursor, env);
  for (const [key, value] of Object.entries<unknown>(env)) {
    if (typeof value === 'number') throw cursor.error(`the value of ${key} must be quoted`);
  }
  return { ev: 'uevent', task, action, devpath, env };
}

function readLog(cursor: Cursor, task: string): TraceEvent {
  cursor.expect('<');
  const level = '01234567'.split('').findIndex((digit) => cursor.skip(digit));
  if (level < 0) throw cursor.error('a log level is a digit from 0 to 7');
  cursor.expect('> ');
  return { ev: 'log', task, level, message: cursor.rest() };
}

function readReturn(cursor: Cursor, task: string): TraceEvent {
  if (cursor.skip('callback ')) {
    return { ev: 'callback-return', task, ...readCallbackName(cursor), ...readOutcome(cursor) };
  }
  return { ev: 'return', task, fn: cursor.string(), ...readOutcome(cursor) };
}

/** A call or callback, and its return if that stands on the same line. */
function readOpening(cursor: Cursor, task: string): TraceEvent[] {
  if (cursor.skip('callback ')) {
    const name = readCallbackName(cursor);
    const events: TraceEvent[] = [{ ev: 'callback', task, ...name, args: readArgsOf(cursor) }];
    if (cursor.sees(' = '))
      events.push({ ev: 'callback-return', task, ...name, ...readOutcome(cursor) });
    return events;
  }
  const fn = cursor.string();
  const events: TraceEvent[] = [{ ev: 'call', task, fn, args: readArgsOf(cursor) }];
  if (cursor.sees(' = ')) events.push({ ev: 'return', task, fn, ...readOutcome(cursor) });
  return events;
}

/** The one or two events of a line; the inverse of `eventText`. */
export function readEvents(cursor: Cursor, task: string): TraceEvent[] {
  if (cursor.skip('+ ')) return [{ ev: 'sysfs', task, change: '+', path: cursor.string() }];
  if (cursor.skip('- ')) return [{ ev: 'sysfs', task, change: '-', path: cursor.string() }];
  if (cursor.skip('< ')) return [readReturn(cursor, task)];
  if (cursor.skip('uevent ')) return [readUevent(cursor, task)];
  if (cursor.skip('log ')) return [readLog(cursor, task)];
  return readOpening(cursor, task);
}
