/** What of a trace is compared: only what the implementation can see, and can see in order. */
import type { EventKind, TraceEvent } from '../adapter/protocol.js';
import { byKind } from './by-kind.js';
import { unorderedFilter } from './unordered.js';
import type { Trace } from './types.js';

/** What counts; what is absent does not restrict. */
export interface Projection {
  /** kinds of event, as in `hello` */
  observes?: readonly EventKind[];
  /** functions whose call and return count, as in the header of a transcript */
  points?: readonly string[];
  /** kinds, functions, and `function:dev` that are left out */
  unordered?: readonly string[];
  /** `by-kind`: only the order inside each kind and task is kept, and the rest is made uniform */
  order?: 'total' | 'by-kind';
}

type Test = (event: TraceEvent) => boolean;

function visible({ observes, points }: Projection): Test {
  const kinds = observes && new Set(observes);
  const functions = points && new Set(points);
  return (event) => {
    if (kinds && !kinds.has(event.ev)) return false;
    return !functions || !('fn' in event) || functions.has(event.fn);
  };
}

/**
 * The part of `trace` that counts. Calls and answers always do; callbacks do if their kind is
 * observed, whatever `points` says. Projecting twice is projecting once.
 */
export function project(trace: Trace, projection: Projection): Trace {
  const isVisible = visible(projection);
  const isUnordered = projection.unordered && unorderedFilter(projection.unordered);
  return trace.map(({ call, answer, events }) => {
    const kept = events.filter((event) => !isUnordered?.(event) && isVisible(event));
    return { call, answer, events: projection.order === 'by-kind' ? byKind(kept) : kept };
  });
}
