/**
 * A kit for implementations that have functions, `create(parent, type, uuid)` and so on, and no sysfs:
 * it maps the files of the user ABI to them. `import { fromFunctions } from 'mdev-conformance/adapter'`.
 */
import type { ModuleFactory, ModuleImplementation } from '../module.js';
import type { Call, TraceEvent } from '../protocol.js';
import { onFile, type Machine } from './files.js';
import type { About, Emit, MakeFunctions, MdevFunctions } from './functions.js';

export { KernelError } from './functions.js';
export type { About, Emit, Emitted, MakeFunctions, MdevFunctions } from './functions.js';
export type { ModuleFactory, ModuleImplementation } from '../module.js';
export type { Call, Capability, EventKind, Hello, TraceEvent } from '../protocol.js';

type Answer = Record<string, unknown>;

/** The name of a kernel's error that was thrown; other exceptions are faults. */
function errnoOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^E[A-Z0-9_]+$/.test(code)) return code;
  throw error;
}

/** What a call comes to; undefined: nothing here can answer it. */
async function answer(machine: Machine, call: Call): Promise<Answer | undefined> {
  const { functions, devices } = machine;
  const own = await functions.other?.(call);
  if (own) return own;
  switch (call.method) {
    case 'reset':
      await functions.reset();
      devices.clear();
      return { ret: 0 };
    case 'insmod':
      await functions.insmod?.(call.params.module, call.params.params ?? '');
      return functions.insmod && { ret: 0 };
    case 'rmmod':
      await functions.rmmod?.(call.params.module);
      return functions.rmmod && { ret: 0 };
    case 'write':
    case 'read':
    case 'list':
      return (await onFile(machine, call)) ?? { errno: 'ENOENT' };
    default:
      return undefined;
  }
}

function helloOf(
  about: About,
  profile: string,
  functions: MdevFunctions,
): ModuleImplementation['hello'] {
  const modules = functions.insmod && functions.rmmod ? (['modules'] as const) : [];
  return {
    name: about.name,
    version: about.version,
    profile,
    capabilities: [...new Set([...modules, 'sysfs' as const, ...(about.capabilities ?? [])])],
    observes: [...(about.observes ?? [])],
    order: about.order ?? 'by-kind',
    clock: about.clock ?? 'real',
  };
}

/**
 * The factory that a module exports for `--adapter module:<path>`.
 * @param make makes the functions of one machine; they report events through `emit`
 */
export function fromFunctions(about: About, make: MakeFunctions): ModuleFactory {
  return (asked = about.profiles[0]) => {
    if (!about.profiles.includes(asked)) return undefined;
    let events: TraceEvent[] = [];
    const emit: Emit = (event) => void events.push({ task: 'main', ...event } as TraceEvent);
    const functions = make(emit, asked);
    const machine: Machine = { functions, devices: new Map() };
    return {
      hello: helloOf(about, asked, functions),
      async call(call) {
        const result = await answer(machine, call).catch((error: unknown) => ({
          errno: errnoOf(error),
        }));
        const caused = events;
        events = [];
        return result && { ...result, events: caused };
      },
    };
  };
}
