import type { Answer, TraceEvent } from '../adapter/protocol.js';
import { Cursor } from './cursor.js';
import { TraceSyntaxError } from './error.js';
import { readAnswer, readDetail } from './parse-answer.js';
import { readCall } from './parse-call.js';
import { readEvents } from './parse-event.js';
import { render } from './render.js';
import type { StepRecord, Trace } from './types.js';

/** Builds the steps line by line: a call, its events, its answer, the details of that. */
class TraceBuilder {
  readonly trace: Trace = [];
  private call: StepRecord['call'] | undefined;
  private events: TraceEvent[] = [];
  private answer: Answer | undefined;

  add(cursor: Cursor): void {
    cursor.expect('  ');
    const task = cursor.string();
    const depth = cursor.spaces();
    if (depth === 0) throw cursor.error('after the task, a space and its event are expected');
    if (depth > 1) this.addInner(cursor, task);
    else if (cursor.skip('> ')) this.addCall(cursor);
    else if (cursor.skip('< ')) this.addAnswer(cursor);
    else throw cursor.error('expected a call "> …", an answer "< …", or an indented event');
    if (!cursor.done) throw cursor.error('there is more on the line than belongs there');
  }

  private addInner(cursor: Cursor, task: string): void {
    if (this.call !== undefined) this.events.push(...readEvents(cursor, task));
    else if (this.answer !== undefined) this.answer = readDetail(cursor, this.answer);
    else throw cursor.error('an event before the first call');
  }

  private addCall(cursor: Cursor): void {
    if (this.call !== undefined) throw cursor.error('the call before this one has no answer');
    this.call = readCall(cursor);
  }

  private addAnswer(cursor: Cursor): void {
    if (this.call === undefined) throw cursor.error('an answer without a call');
    cursor.string();
    this.answer = readAnswer(cursor);
    this.trace.push({ call: this.call, answer: this.answer, events: this.events });
    this.call = undefined;
    this.events = [];
  }

  /** @throws TraceSyntaxError if a call is still open */
  end(line: number): Trace {
    if (this.call !== undefined) throw new TraceSyntaxError(line, 'the last call has no answer');
    return this.trace;
  }
}

/** Every freedom that reading leaves (order, quotes, depth) is taken away here, in one place. */
function requireCanonical(text: string, trace: Trace, firstLine: number): void {
  const canonical = render(trace);
  if (canonical === text) return;
  const lines = text.split('\n');
  const wanted = canonical.split('\n');
  const at = lines.findIndex((found, i) => found !== wanted[i]);
  if (at < 0) {
    throw new TraceSyntaxError(firstLine + lines.length - 1, 'a line feed must end the last line');
  }
  throw new TraceSyntaxError(firstLine + at, `must read ${JSON.stringify(wanted[at] ?? '')}`);
}

/**
 * Reads a trace back from its text: `render(parse(text)) === text`.
 *
 * @param text what `render` made, or a person in its place
 * @param firstLine number of the first line, for messages about a part of a file
 * @throws TraceSyntaxError `E_TRACE_SYNTAX` with line and reason, also for a text that can be
 *   understood but is not what `render` would write
 */
export function parse(text: string, firstLine = 1): Trace {
  const builder = new TraceBuilder();
  let number = firstLine;
  for (let from = 0; from < text.length; number++) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    builder.add(new Cursor(text.slice(from, to), number));
    from = to + 1;
  }
  const trace = builder.end(number - 1);
  requireCanonical(text, trace, firstLine);
  return trace;
}
