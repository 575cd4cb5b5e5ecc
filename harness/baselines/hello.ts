import type { Capability, Hello } from '../adapter/protocol.js';
import { CAPABILITIES, EVENT_KINDS } from '../adapter/words.js';

/** How one introduces itself that claims to be able to do everything and to see everything. */
export function boast(name: string, profile: string, vendors: readonly string[]): Hello {
  return {
    protocol: 1,
    name,
    version: '1',
    profile,
    capabilities: [...CAPABILITIES, ...vendors.map((vendor): Capability => `vendor:${vendor}`)],
    observes: [...EVENT_KINDS],
    order: 'total',
    clock: 'virtual',
  };
}
