/** The suites as mocha tests: one `describe` per suite, one `it` per case and profile. */
import { GoldenStore } from '../golden/store.js';
import { failureBlock } from '../report/failure.js';
import type { Palette } from '../report/palette.js';
import type { Implementation } from '../run/implementation.js';
import { groupBy } from '../run/group-by.js';
import { plan, type PlannedCase } from '../run/plan.js';
import { Runner } from '../run/runner.js';
import { selection } from '../run/selection.js';
import type { Outcome } from '../run/types.js';
import type { Requirement } from '../suite/compiled.js';
import { renderSuiteError } from '../suite/errors.js';
import { loadSuites } from '../suite/load.js';
import { PLAIN } from '../trace/explain/palette.js';

/** Where the suites and the goldens are. */
export interface Folders {
  suites: string;
  golden: string;
}

const plain = (text: string): string => text;
const PALETTE: Palette = { ...PLAIN, yellow: plain, cyan: plain };
const PAGE = { width: 120, colours: PALETTE };

/** A failed case in mocha's list: the explanation is all there is to say, no stack. */
class CaseFailure extends Error {
  override readonly name = 'CaseFailure';

  constructor(text: string) {
    super(text);
    this.stack = text;
  }
}

type Known = ReadonlyMap<string, Requirement>;

/** Throws what a failed outcome says; `this.skip()` is for the caller. */
function requirePass({ case: each, profile, verdict }: Outcome, known: Known): void {
  if (verdict.kind !== 'fail' && verdict.kind !== 'error') return;
  const finding = { case: each, profiles: [profile], verdict };
  throw new CaseFailure(failureBlock(finding, known, PAGE).join('\n'));
}

function defineCase({ case: compiled, profiles }: PlannedCase, runner: Runner, known: Known): void {
  for (const profile of profiles) {
    it(`${compiled.id} on ${profile}`, async function () {
      for await (const outcome of runner.run([{ case: compiled, profiles: [profile] }])) {
        if (outcome.verdict.kind === 'not-applicable') this.skip();
        requirePass(outcome, known);
      }
    });
  }
}

/**
 * Defines the tests of all suites. What is wrong with the suites is a failing test.
 * Call it at the top level of a file that mocha loads.
 */
export async function defineSuites(
  impl: Implementation,
  { suites, golden }: Folders,
): Promise<void> {
  const { cases, requirements, errors } = await loadSuites(suites, impl.world);
  const known: Known = new Map(requirements.map((each) => [each.id, each]));
  const planned = plan(cases, selection(), impl.world.profiles);
  describe('suites', () => {
    const runner = new Runner(impl.factory, new GoldenStore(golden));
    after(() => runner.close());
    it('are sound', () => {
      if (errors.length > 0) throw new CaseFailure(errors.map(renderSuiteError).join('\n'));
    });
    for (const [suite, its] of groupBy(planned, (each) => each.case.suite)) {
      describe(suite, () => {
        for (const each of its) defineCase(each, runner, known);
      });
    }
  });
}
