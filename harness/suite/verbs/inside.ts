/** Verbs for what user space can't do on a real kernel: make a step fail, hold an object, build it anew. */
import { integer, mapOf, object, optional, text, word } from '../builders.js';
import { substitute } from '../uuids.js';
import { call, verb } from './verb.js';

const held = text(
  'the path of its directory in sysfs, vfio_device:{A} for the VFIO device of A, or module:NAME',
  'object',
);

const onObject = (method: 'hold' | 'drop', description: string) =>
  verb(description, held, (object) => call(method, { object: substitute(object) }));

export const insideVerbs = {
  fault: verb(
    'have a function of the core fail in place of what it does',
    object(
      {
        point: text('the function', 'trace-point'),
        errno: text('what it returns, such as ENOMEM', 'errno'),
        times: optional(integer('how many of its next calls; absent: 1', 1)),
      },
      'which function, its error, and how often',
    ),
    ({ point, errno, times = 1 }) => call('fault', { point, errno, times }),
  ),
  hold: onObject('hold', 'take a reference that keeps an object alive'),
  kconfig: verb(
    'resolve Kconfig symbols; without a profile, boot a kernel that is built with them',
    object(
      {
        profile: optional(text('whose files; absent: those of the machine, which is built anew')),
        set: optional(mapOf(word(['y', 'm', 'n'], 'its value'), 'what is asked for, by symbol')),
      },
      'whose files and what is asked for',
    ),
    ({ profile, set = {} }) =>
      call('kconfig', {
        ...(profile !== undefined && { profile }),
        ...(Object.keys(set).length > 0 && { set }),
      }),
  ),
  drop: onObject('drop', 'give back a reference that was taken with hold'),
};
