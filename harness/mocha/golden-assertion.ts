/** chai: `expect(trace).to.matchGolden('create-remove.create-then-remove', { profile, store })`. */
import type {} from 'chai';
import { behaviourFor } from '../golden/document.js';
import type { GoldenDocument } from '../golden/types.js';
import { explain, type ExplainOptions } from '../trace/explain.js';
import { render } from '../trace/render.js';
import type { Trace } from '../trace/types.js';

/** Where the golden is, whose behaviour counts, and how a difference is shown. */
export interface GoldenOptions {
  profile: string;
  store: { load(caseId: string): GoldenDocument };
  explain?: ExplainOptions;
}

declare global {
  // chai declares its interfaces in this namespace, so they can only be extended there.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Chai {
    interface Assertion {
      /**
       * The trace, or its rendered text, is the golden one of a case for a profile.
       * @throws HarnessError if there is no golden, or it is not reviewed
       */
      matchGolden(caseId: string, options: GoldenOptions): Assertion;
    }
  }
}

/** The plugin: `chai.use(goldenAssertion)`. */
export const goldenAssertion: Chai.ChaiPlugin = (chai) => {
  chai.Assertion.addMethod(
    'matchGolden',
    function (this: Chai.AssertionStatic, caseId: string, options: GoldenOptions) {
      const { profile, store } = options;
      const subject = this._obj as Trace | string;
      const actual = typeof subject === 'string' ? subject : render(subject);
      const expected = behaviourFor(store.load(caseId), profile)?.text;
      const title = `${caseId} on ${profile}`;
      this.assert(
        actual === expected,
        expected === undefined
          ? `${title}: the golden has no behaviour of this profile`
          : `${title}\n${explain(expected, actual, { expectedName: 'golden', ...options.explain })}`,
        `${title}: the trace should not be the golden one`,
        expected,
        actual,
        false,
      );
    },
  );
};
