import type { Call, TraceEvent } from '../adapter/protocol.js';
import { closes, Frames, isClosing, isOpening, type Closing, type Opening } from './frames.js';
import { answerLines } from './render-answer.js';
import { callText } from './render-call.js';
import { eventText, outcomeText } from './render-event.js';
import { token } from './token.js';
import type { Trace } from './types.js';

/** Who makes the calls. */
const MAIN = 'main';
const indents: string[] = [''];

function indent(depth: number): string {
  while (indents.length <= depth) indents.push('  '.repeat(indents.length));
  return indents[depth]!;
}

function begin(call: Call, frames: Frames): void {
  frames.restart(MAIN);
  if (call.method === 'start') frames.restart(call.params.task);
}

/** The return that comes at once, in the same task: the two share a line. */
function immediateReturn(opening: Opening, next: TraceEvent | undefined): Closing | undefined {
  if (next === undefined || !isClosing(next) || next.task !== opening.task) return undefined;
  return closes(next, opening) ? next : undefined;
}

function renderEvents(events: readonly TraceEvent[], frames: Frames): string {
  let out = '';
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    const stack = frames.of(event.task);
    if (isClosing(event)) frames.close(event);
    out += '  ' + token(event.task) + ' ' + indent(stack.length + 1) + eventText(event);
    if (isOpening(event)) {
      const end = immediateReturn(event, events[i + 1]);
      if (end === undefined) stack.push(event);
      else {
        out += outcomeText(end.ret);
        i++;
      }
    }
    out += '\n';
  }
  return out;
}

/**
 * The text of a trace as a golden holds it: one event per line, indented by two and then by call
 * depth. The same trace always gives the same bytes, whatever the order of keys in it.
 *
 * `parse` is the inverse.
 */
export function render(trace: Trace): string {
  const frames = new Frames();
  let out = '';
  for (const { call, answer, events } of trace) {
    begin(call, frames);
    out += `  ${MAIN} > ${callText(call)}\n`;
    out += renderEvents(events, frames);
    for (const text of answerLines(`< ${token(call.method)}`, answer)) {
      out += `  ${MAIN} ${text}\n`;
    }
  }
  return out;
}
