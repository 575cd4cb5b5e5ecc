/** Runs planned cases, one after the other, each in all its profiles. */
import type { AdapterFactory } from '../adapter/adapter.js';
import type { CompiledCase } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';
import { canonicaliser } from '../trace/canonical.js';
import type { Trace } from '../trace/types.js';
import { execute } from './execute.js';
import { goldenOf, type Goldens, type GoldenText } from './golden.js';
import { judge, lacking } from './judge.js';
import { Patience } from './patience.js';
import type { PlannedCase } from './plan.js';
import { Sessions } from './sessions.js';
import type { Execution, Outcome, Verdict } from './types.js';

/** A case made ready to be run in any of its profiles. */
interface Prepared {
  case: CompiledCase;
  canonical: (trace: Trace) => Trace;
  golden: (profile: ProfileName) => GoldenText;
}

/** Runs cases on one implementation and judges them by one set of goldens. */
export class Runner {
  private readonly sessions: Sessions;
  private readonly patience = new Patience();

  constructor(
    factory: AdapterFactory,
    private readonly goldens: Goldens,
  ) {
    this.sessions = new Sessions(factory);
  }

  /**
   * The outcomes of planned cases, in their order.
   * @throws HarnessError if the implementation cannot be started at all, for a reason of the user's
   */
  async *run(planned: Iterable<PlannedCase>): AsyncGenerator<Outcome> {
    for (const { case: compiled, profiles } of planned) {
      const prepared = this.prepare(compiled);
      for (const profile of profiles) {
        const verdict = await this.verdict(prepared, profile);
        this.patience.note(verdict);
        yield { case: compiled, profile, verdict };
      }
    }
  }

  /** Ends the implementations. */
  async close(): Promise<void> {
    await this.sessions.close();
  }

  private prepare(compiled: CompiledCase): Prepared {
    let golden: Prepared['golden'] | undefined;
    return {
      case: compiled,
      canonical: canonicaliser(compiled.uuids),
      golden: (profile) => (golden ??= goldenOf(this.goldens, compiled.id))(profile),
    };
  }

  private async verdict(prepared: Prepared, profile: ProfileName): Promise<Verdict> {
    const session = this.patience.lost ?? (await this.sessions.get(profile));
    if (!('adapter' in session)) {
      return { kind: 'error', fault: session, failures: [], calls: [] };
    }
    const { adapter, lens } = session;
    const lacks = lacking(prepared.case, adapter.hello);
    if (lacks.length > 0) return { kind: 'not-applicable', lacks };
    const reason = adapter.lacks?.(prepared.case.id);
    if (reason !== undefined) return { kind: 'not-applicable', lacks, reason };
    const execution: Execution = await execute(prepared.case, adapter);
    if (execution.fault) await this.sessions.drop(profile);
    return judge(prepared.case, execution, {
      hello: adapter.hello,
      lens,
      canonical: prepared.canonical,
      golden: () => prepared.golden(profile),
    });
  }
}
