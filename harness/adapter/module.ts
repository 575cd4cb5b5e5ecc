/** `module:<path>`: a JavaScript module that exports an implementation, in this process. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AdapterFault, HarnessError } from '../errors.js';
import type { Adapter } from './adapter.js';
import { importModule } from './import-module.js';
import type { Open, Opened } from './kinds.js';
import type { Call, Hello } from './protocol.js';
import { replyOf } from './rpc.js';
import { isObject } from './rules.js';

/** What a module's factory makes. */
export interface ModuleImplementation {
  /** how it introduces itself; without `protocol`, which is 1 */
  hello: Omit<Hello, 'protocol'>;
  /** makes one call: `{ret: 0, events: []}`, undefined if it isn't offered; what it throws is a fault */
  call(call: Call): unknown;
  close?(): unknown;
}

/**
 * The default export of a module.
 * @param profile the one that is wanted; absent: its own
 * @returns undefined if it doesn't have the profile
 */
export type ModuleFactory = (
  profile?: string,
) => ModuleImplementation | undefined | Promise<ModuleImplementation | undefined>;

async function load(path: string): Promise<ModuleFactory> {
  let module: { default?: unknown };
  try {
    module = (await importModule(pathToFileURL(resolve(path)).href)) as typeof module;
  } catch (cause) {
    const message = `${path} cannot be loaded: ${String(cause)}`;
    throw new HarnessError('E_ADAPTER_MODULE', message, { cause });
  }
  if (typeof module.default === 'function') return module.default as ModuleFactory;
  const message = `${path} has no default export that makes an implementation: (profile) => ({hello, call, close?})`;
  throw new HarnessError('E_ADAPTER_MODULE', message);
}

/** What the factory made, if it is an implementation. @throws AdapterFault */
function implementationOf(made: unknown): ModuleImplementation {
  if (isObject(made) && typeof made['call'] === 'function' && isObject(made['hello'])) {
    return made as unknown as ModuleImplementation;
  }
  throw new AdapterFault('E_ADAPTER_MODULE', 'the factory made no {hello, call, close?}');
}

async function make(factory: ModuleFactory, profile?: string): Promise<Adapter | undefined> {
  const made = await factory(profile);
  if (made === undefined) return undefined;
  const own = implementationOf(made);
  // It is held to what others must say over the wire.
  const introduction = { protocol: 1, ...own.hello, events: [] };
  const { answer } = replyOf(introduction, { method: 'hello', params: { protocol: 1 } });
  return {
    hello: answer as unknown as Hello,
    call: async (call) => {
      const result = await own.call(call);
      if (result !== undefined) return replyOf(result, call);
      throw new AdapterFault('E_METHOD', `it does not offer ${call.method}`);
    },
    close: async () => void (await own.close?.()),
  };
}

/** The profile of one that is only made to be asked. */
async function profileOf(factory: ModuleFactory, asked?: string): Promise<string | undefined> {
  const adapter = await make(factory, asked);
  await adapter?.close();
  return adapter?.hello.profile;
}

async function profilesOf(
  factory: ModuleFactory,
  asked: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const profile of asked)
    if ((await profileOf(factory, profile)) === profile) found.push(profile);
  return found;
}

/** See the head of this file. @throws HarnessError `E_ADAPTER_MODULE` if it can't be loaded */
export const open: Open = async (path): Promise<Opened> => {
  const factory = await load(path);
  return {
    async profiles(asked) {
      if (asked) return profilesOf(factory, asked);
      const own = await profileOf(factory);
      return own === undefined ? [] : [own];
    },
    async factory(profile) {
      const adapter = await make(factory, profile);
      if (adapter?.hello.profile === profile) return adapter;
      throw new AdapterFault('E_ADAPTER_HELLO', `it doesn't play ${profile}`);
    },
    close: async () => undefined,
  };
};
