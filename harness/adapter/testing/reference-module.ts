/** The reference as a module of somebody else: `--adapter module:…/reference-module.js`. */
import type { ModuleFactory } from '../module.js';
import { reference, referenceProfiles } from '../reference.js';

const make: ModuleFactory = async (profile = 'linux-6.12') => {
  if (!referenceProfiles.includes(profile)) return undefined;
  const adapter = await reference(profile);
  return {
    hello: adapter.hello,
    call: async (call) => {
      const { answer, events } = await adapter.call(call);
      return { ...answer, events };
    },
  };
};

export default make;
