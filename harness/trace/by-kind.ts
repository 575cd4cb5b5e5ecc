import type { EventKind, TraceEvent } from '../adapter/protocol.js';

/** The order of the groups; it means nothing, but it must be always the same. */
const KINDS: readonly EventKind[] = [
  'call',
  'return',
  'callback',
  'callback-return',
  'sysfs',
  'uevent',
  'log',
];

/** The events of one step grouped by kind and then task; inside a group, as they came. */
export function byKind(events: readonly TraceEvent[]): TraceEvent[] {
  const rank = new Map(KINDS.map((kind, i) => [kind, i]));
  return [...events].sort((a, b) => {
    const kinds = rank.get(a.ev)! - rank.get(b.ev)!;
    if (kinds !== 0 || a.task === b.task) return kinds;
    return a.task < b.task ? -1 : 1;
  });
}
