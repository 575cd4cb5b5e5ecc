/** The `unordered` list of a transcript: what two racing tasks make in either order, left out. */
import type { TraceEvent } from '../adapter/protocol.js';
import { Frames, isClosing, isOpening, type Opening } from './frames.js';

/**
 * Says of each event of a trace, asked in order, whether `entries` leave it out: a kind of event, a
 * function with its return, or `function:dev`, the calls of a function for one device.
 */
export function unorderedFilter(entries: readonly string[]): (event: TraceEvent) => boolean {
  const names = new Set(entries);
  const frames = new Frames();
  const leavesOut = (event: Opening): boolean =>
    event.ev === 'call' &&
    (names.has(event.fn) || names.has(`${event.fn}:${String(event.args['dev'])}`));
  return (event) => {
    if (isOpening(event)) frames.of(event.task).push(event);
    const opening = isClosing(event) ? frames.close(event) : isOpening(event) ? event : undefined;
    if (names.has(event.ev)) return true;
    if (opening !== undefined && leavesOut(opening)) return true;
    return event.ev === 'return' && names.has(event.fn);
  };
}
