/** The implementations that can be put under test, by name. A new one is a row. */
import type { AdapterFactory } from '../adapter/adapter.js';
import type { World } from '../suite/formats.js';

/** A profile as the user sees it. */
export interface ProfileInfo {
  name: string;
  title: string;
}

/** What is needed of an implementation before one of its profiles is started. */
export interface Implementation {
  name: ImplementationName;
  factory: AdapterFactory;
  /** oldest first */
  profiles: readonly ProfileInfo[];
  world: World;
}

async function loadReference(): Promise<Implementation> {
  const [{ reference }, { profiles }, { vendor_drivers }] = await Promise.all([
    import('../adapter/reference.js'),
    import('../../reference/profiles.js'),
    import('../../reference/kernel/module.js'),
  ]);
  const vendors = profiles.flatMap(({ modules }) => modules.flatMap(vendor_drivers));
  return {
    name: 'reference',
    factory: reference,
    profiles: profiles.map(({ name, title }) => ({ name, title })),
    world: { profiles: profiles.map(({ name }) => name), vendors: [...new Set(vendors)] },
  };
}

const IMPLEMENTATIONS = { reference: loadReference };

export type ImplementationName = keyof typeof IMPLEMENTATIONS;

/** Loads an implementation; what it is made of is only read now. */
export function implementation(name: ImplementationName): Promise<Implementation> {
  return IMPLEMENTATIONS[name]();
}
