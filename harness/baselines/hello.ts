import type { Capability, EventKind, Hello } from '../adapter/protocol.js';
import { CAPABILITY_WORDS } from '../suite/words.js';

const OBSERVES: EventKind[] = [
  'uevent',
  'log',
  'call',
  'return',
  'callback',
  'callback-return',
  'sysfs',
];

/** How one introduces itself that claims to be able to do everything and to see everything. */
export function boast(name: string, profile: string, vendors: readonly string[]): Hello {
  const words = Object.keys(CAPABILITY_WORDS) as Capability[];
  return {
    protocol: 1,
    name,
    version: '1',
    profile,
    capabilities: [...words, ...vendors.map((vendor): Capability => `vendor:${vendor}`)],
    observes: OBSERVES,
    order: 'total',
    clock: 'virtual',
  };
}
