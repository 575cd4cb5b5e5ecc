/** The rules of `intent` and the patterns of events in them. */
import { either, integer, list, mapOf, object, optional, text, word } from '../builders.js';
import { UEVENT_ACTIONS } from '../words.js';

const scalar = (description: string) =>
  either(description, text('a text; a letter is its uuid', 'text'), integer('a number'));
const dev = (description: string) => optional(scalar(description));

/** The keys of which a pattern has exactly one. */
export const PATTERN_KEYS = ['uevent', 'log', 'call', 'callback', 'sysfs'] as const;

const pattern = object(
  {
    uevent: optional(word(UEVENT_ACTIONS, 'a uevent with this action')),
    log: optional(text('a line of the log that contains this text or matches /regex/', 'log')),
    call: optional(text('a call of this function of the core', 'trace-point')),
    callback: optional(text('the core calls driver.operation, such as mtty.probe', 'callback')),
    sysfs: optional(word(['+', '-'], 'a directory or link appears (+) or goes (-)')),
    of: dev('uevent: the last component of the devpath; callback: the device'),
    below: dev('uevent: a component of the devpath before the last'),
    dev: dev('call: the device it is called for'),
    args: optional(mapOf(scalar('value of the argument'), 'call, callback: some of the arguments')),
    env: optional(mapOf(text('value', 'text'), 'uevent: some of the variables')),
    level: optional(integer('log: the level, 0 to 7', 0)),
    ret: optional(integer('call, callback: what it returned')),
    count: optional(integer('callback: the argument "count" (of request)')),
    path: optional(text('sysfs: which path; * is any one component', 'path')),
    task: optional(text('only events of this task', 'task')),
  },
  'a kind of event',
  { noun: 'kind of event', keys: PATTERN_KEYS },
);

/** The keys of which a rule has exactly one. */
export const CLAIM_KEYS = ['never', 'always', 'once', 'count', 'before'] as const;

export const Rule = object(
  {
    never: optional(pattern),
    always: optional(pattern),
    once: optional(pattern),
    count: optional(
      object({ of: pattern, is: integer('how often', 0) }, 'the event occurs exactly so often'),
    ),
    before: optional(
      list(pattern, 'both occur, and the first of the one is before the first of the other', {
        minItems: 2,
        maxItems: 2,
      }),
    ),
    in: optional(text('only events of the step with this label', 'label')),
    after: optional(text('only events of steps after the one with this label', 'label')),
    only: optional(list(text('profiles', 'profiles'), 'the rule holds in these profiles')),
  },
  'what must be true of the events, whatever a golden says',
  { noun: 'claim', keys: CLAIM_KEYS },
);
