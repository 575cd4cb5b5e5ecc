import type { Adapter, AdapterFactory } from '../adapter/adapter.js';

/** One implementation per profile, started when first needed. */
export class Implementations {
  private readonly running = new Map<string, Adapter>();

  constructor(private readonly factory: AdapterFactory) {}

  /** The implementation of `profile`. @throws HarnessError `E_PROFILE` if there is none */
  async of(profile: string): Promise<Adapter> {
    let adapter = this.running.get(profile);
    if (adapter === undefined) {
      adapter = await this.factory(profile);
      this.running.set(profile, adapter);
    }
    return adapter;
  }

  /** Ends the one of `profile`: after a fault, nothing that it says can be trusted. */
  async end(profile: string): Promise<void> {
    const adapter = this.running.get(profile);
    this.running.delete(profile);
    await adapter?.close();
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const profile of [...this.running.keys()]) await this.end(profile);
  }
}
