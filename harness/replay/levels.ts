/** How closely an implementation follows a recording. */
import type { TraceEvent } from '../adapter/protocol.js';
import type { Trace } from '../trace/types.js';

/** 1: results. 2: also uevents and log, each in order. 3: all events, in total order. */
export type Level = 1 | 2 | 3;
/** A level that holds, or that none does. */
export type Holds = 0 | Level;

const uevents = (events: readonly TraceEvent[]) => events.filter(({ ev }) => ev === 'uevent');
const logs = (events: readonly TraceEvent[]) => events.filter(({ ev }) => ev === 'log');

const SEEN: Record<Level, (events: TraceEvent[]) => TraceEvent[]> = {
  1: () => [],
  2: (events) => [...uevents(events), ...logs(events)],
  3: (events) => events,
};

/** What of a trace a level looks at: two traces agree at a level if their views are the same. */
export function viewAt(level: Level, trace: Trace): Trace {
  return trace.map(({ call, answer, events }) => ({ call, answer, events: SEEN[level](events) }));
}
