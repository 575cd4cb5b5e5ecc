import { Errno } from './errno.js';
import { perKernel, type Kernel } from './kernel.js';
import type { Kobject } from './kobject.js';
import { LogLevel, printk } from './printk.js';
import { RateLimit } from './rate-limit.js';
import { kobject_get_path, kobject_uevent, UEVENT_ACTIONS, type UeventEnv } from './uevent.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const ARGUMENT = /^ ([0-9a-z]+)=([0-9a-z]+)/i;

/** The variables of `UUID [KEY=VALUE …]`, or undefined where the text is something else. */
function arguments_of(text: string): UeventEnv | undefined {
  const uuid = UUID.exec(text)?.[0];
  if (!uuid) return undefined;
  const env: UeventEnv = { SYNTH_UUID: uuid };
  let rest = text.slice(uuid.length);
  while (rest) {
    const match = ARGUMENT.exec(rest);
    if (!match) return undefined;
    env[`SYNTH_ARG_${match[1]}`] = match[2]!;
    rest = rest.slice(match[0].length);
  }
  return env;
}

const rate_limit = perKernel((k) => new RateLimit('kobject_synth_uevent', () => k.sched.now));

/** Warns of a text that makes no uevent; some eras get tired of it. */
function complain(k: Kernel, text: string): void {
  const pr = (level: LogLevel, message: string): void => {
    printk(k, level, message);
  };
  if (!k.profile.texts.limitsSynthWarnings || rate_limit(k).allows({ pr }))
    pr(LogLevel.WARNING, text);
}

/**
 * Sends the uevent that somebody wrote into a `uevent` file: an action, and maybe a uuid with
 * arguments.
 * @returns 0 or -errno; a text that can't be understood is logged
 * Source: kobject_synth_uevent(), lib/kobject_uevent.c, 6.1
 */
export function kobject_synth_uevent(k: Kernel, kobj: Kobject, data: string): number {
  const text = data.replace(/[\n\0]$/, '');
  const space = text.indexOf(' ');
  const word = space < 0 ? text : text.slice(0, space);
  const action = UEVENT_ACTIONS.find((each) => each === word);
  const env = space < 0 ? { SYNTH_UUID: '0' } : arguments_of(text.slice(space + 1));
  const complaint = !action
    ? 'unknown uevent action string'
    : !env
      ? 'incorrect uevent action arguments'
      : undefined;
  const error = action && env ? kobject_uevent(k, kobj, action, env) : -Errno.EINVAL;
  if (error) {
    const text = complaint ?? 'failed to send uevent';
    complain(k, `synth uevent: ${kobject_get_path(kobj)}: ${text}`);
  }
  return error;
}
