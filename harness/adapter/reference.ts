/** The reference, in process. */
import { BadArgument, Machine } from '../../reference/machine.js';
import { KernelBug } from '../../reference/kernel/bug.js';
import { vendor_drivers } from '../../reference/kernel/module.js';
import { profiles } from '../../reference/profiles.js';
import { AdapterFault, HarnessError } from '../errors.js';
import type { Adapter, AdapterFactory } from './adapter.js';
import { callProblem } from './params.js';
import type { Call, Capability, Hello, Reply } from './protocol.js';
import { CAPABILITIES, EVENT_KINDS } from './words.js';

/** The names of the profiles that the reference knows, oldest first. */
export const referenceProfiles: readonly string[] = profiles.map((profile) => profile.name);

/** Vendor drivers are capabilities of that name. */
const vendors = (machine: Machine): Capability[] =>
  machine.profile.modules.flatMap(vendor_drivers).map((name): Capability => `vendor:${name}`);

/** What the model says of itself, and of a call that is none, as a fault. */
function checked<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof BadArgument) throw new AdapterFault('E_PARAMS', error.message);
    if (!(error instanceof KernelBug)) throw error;
    const message = `the model caught itself: ${error.code}: ${error.message}`;
    throw new AdapterFault('E_MODEL', message, { cause: error });
  }
}

class ReferenceAdapter implements Adapter {
  readonly hello: Hello;

  constructor(private readonly machine: Machine) {
    this.hello = {
      protocol: 1,
      name: 'reference',
      version: '1',
      profile: machine.profile.name,
      capabilities: [...CAPABILITIES, ...vendors(machine)],
      observes: [...EVENT_KINDS],
      order: 'total',
      clock: 'virtual',
    };
  }

  call(call: Call): Reply {
    const problem = callProblem(call);
    if (problem) throw new AdapterFault(problem.code, problem.message);
    return checked(() => this.machine.call(call));
  }

  finish(): readonly string[] {
    return checked(() => this.machine.finish());
  }

  close(): void {
    // Nothing is held outside of memory.
  }
}

/** Makes a machine of a profile. @throws HarnessError `E_PROFILE` for a name that isn't one */
export const reference: AdapterFactory = (name) => {
  const profile = profiles.find((each) => each.name === name);
  if (!profile) {
    throw new HarnessError(
      'E_PROFILE',
      `unknown profile "${name}"; the reference has ${referenceProfiles.join(', ')}`,
    );
  }
  return new ReferenceAdapter(new Machine(profile));
};
