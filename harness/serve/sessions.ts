/** The sessions of a server: so many at a time, each forgotten when nobody has used it for a while. */
import type { Session } from './session.js';

export class Sessions {
  /** the one that was used last comes last */
  private readonly all = new Map<string, { session: Session; usedAt: number }>();

  constructor(
    private readonly make: () => Session,
    readonly limit: number,
    private readonly idleMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A new session. @returns undefined if there are too many */
  open(id: string): [string, Session] | undefined {
    this.dropIdle();
    if (this.all.size >= this.limit) return undefined;
    const session = this.make();
    this.all.set(id, { session, usedAt: this.now() });
    return [id, session];
  }

  /** A session that is open; it counts as used now. */
  get(id: string): Session | undefined {
    this.dropIdle();
    const found = this.all.get(id);
    if (!found) return undefined;
    this.all.delete(id);
    this.all.set(id, { session: found.session, usedAt: this.now() });
    return found.session;
  }

  end(id: string): void {
    this.all.delete(id);
  }

  /** The idle ones come first. */
  private dropIdle(): void {
    const oldest = this.now() - this.idleMs;
    for (const [id, { usedAt }] of this.all) {
      if (usedAt > oldest) return;
      this.all.delete(id);
    }
  }
}
