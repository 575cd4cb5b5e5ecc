/** One implementation per profile, started when the first case needs it and kept for the others. */
import type { Adapter, AdapterFactory } from '../adapter/adapter.js';
import { AdapterFault } from '../errors.js';
import type { ProfileName } from '../suite/profiles.js';
import { faultOf } from './fault.js';
import type { Fault } from './types.js';
import { lensOf, type Lens } from './view.js';

/** A started implementation, and how traces look to it. */
export interface Session {
  adapter: Adapter;
  lens: Lens;
}

export class Sessions {
  private readonly open = new Map<ProfileName, Session | Fault>();

  constructor(private readonly factory: AdapterFactory) {}

  /**
   * The session of a profile. One that did not start is not tried again.
   * @throws HarnessError `E_PROFILE` and what else the user can do something about
   */
  async get(profile: ProfileName): Promise<Session | Fault> {
    const known = this.open.get(profile);
    if (known) return known;
    const session = await this.start(profile);
    this.open.set(profile, session);
    return session;
  }

  private async start(profile: ProfileName): Promise<Session | Fault> {
    try {
      const adapter = await this.factory(profile);
      return { adapter, lens: await lensOf({ ...adapter.hello, inlined: adapter.inlined }) };
    } catch (error) {
      if (error instanceof AdapterFault) return faultOf(error);
      throw error;
    }
  }

  /** Forgets an implementation that has failed: the next case gets a new one. */
  async drop(profile: ProfileName): Promise<void> {
    const session = this.open.get(profile);
    this.open.delete(profile);
    if (session && 'adapter' in session) await closeQuietly(session.adapter);
  }

  async close(): Promise<void> {
    for (const profile of [...this.open.keys()]) await this.drop(profile);
  }
}

/** What is already broken may break again when it is closed; the fault itself was reported. */
async function closeQuietly(adapter: Adapter): Promise<void> {
  try {
    await adapter.close();
  } catch {
    return;
  }
}
