/** What kprobe events show, as protocol 1 tells it. */
import type { EventArgs } from '../protocol.js';
import type { Returns } from './probes.js';

/** The greatest errno that a pointer can be instead (MAX_ERRNO, include/linux/err.h). */
const MAX_ERRNO = 4095n;

/** The order in which a guid_t has the bytes of a uuid: the first three groups are little-endian. */
const GUID = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function uuid(list: string): string {
  const bytes = list.slice(1, -1).split(',').map(Number);
  const digits = GUID.map((i) => bytes[i]!.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const NUMBERS: readonly string[] = ['nr_types', 'count'];
const POINTER = '_pointer';

/** The arguments of a point: `x_pointer` says whether there is an x. */
export function argsOf(fields: Readonly<Record<string, string>>): EventArgs {
  const args: EventArgs = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name.endsWith(POINTER) || fields[`${name}${POINTER}`] === '0x0') continue;
    if (name === 'uuid') args[name] = uuid(value);
    else args[name] = NUMBERS.includes(name) ? Number(value) : value;
  }
  return args;
}

/** What a function returned; of pointers, the errno or 0. */
export function returned(value: string | undefined, returns: Returns): { ret?: number } {
  if (value === undefined || returns === 'void') return {};
  if (returns !== 'pointer') return { ret: Number(value) };
  const pointer = BigInt.asIntN(64, BigInt(value));
  return { ret: pointer < 0n && pointer >= -MAX_ERRNO ? Number(pointer) : 0 };
}
