/** All verbs by name. A new verb is a row in one of these files, or a file of its own listed here. */
import { kvmVerbs } from './kvm.js';
import { insideVerbs } from './inside.js';
import { protocolVerbs } from './protocol.js';
import { sysfsVerbs } from './sysfs.js';
import type { Verb } from './verb.js';
import { vfioVerbs } from './vfio.js';

export const VERBS: Readonly<Record<string, Verb>> = {
  ...protocolVerbs,
  ...sysfsVerbs,
  ...vfioVerbs,
  ...kvmVerbs,
  ...insideVerbs,
};

export const VERB_NAMES = Object.keys(VERBS);
