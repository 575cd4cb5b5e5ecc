import { expect } from 'chai';
import { summarise } from '../run/summary.js';
import { caseOf } from '../run/testing/fixtures.js';
import type { Outcome, Verdict } from '../run/types.js';
import { PLAIN } from '../trace/explain/palette.js';
import type { JsonReport } from './json-types.js';
import { report } from './json.js';

const plain = (text: string): string => text;
const page = { width: 100, colours: { ...PLAIN, yellow: plain, cyan: plain } };

async function json(...verdicts: Verdict[]): Promise<JsonReport> {
  const outcomes = verdicts.map((verdict): Outcome => ({
    case: caseOf([]),
    profile: 'old',
    verdict,
  }));
  const summary = summarise(outcomes, ['old', 'new']);
  const run = { adapter: 'reference', outcomes, summary, requirements: [], ms: 1.6 };
  return JSON.parse(await report(run, page)) as JsonReport;
}

describe('json report', () => {
  it('has a summary, counts and results', async () => {
    const found = await json({ kind: 'pass' }, { kind: 'not-applicable', lacks: ['tasks'] });
    const counts = { pass: 1, fail: 0, error: 0, 'known-failure': 0, 'not-applicable': 1 };
    expect(found.format).to.equal(1);
    expect(found.summary).to.deep.equal({ cases: 1, runs: 2, counts, ok: true, ms: 2 });
    expect(found.areas).to.deep.equal([{ area: 'create-remove', profile: 'old', counts }]);
    expect(found.results[0]).to.deep.equal({
      case: 'create-remove.case',
      title: 'A case',
      suite: 'create-remove/topic',
      area: 'create-remove',
      profile: 'old',
      verdict: 'pass',
      source: { file: 'suites/area/topic.yaml', line: 4, column: 9 },
      requirements: [{ id: 'MDEV-TEST-01' }],
    });
    expect(found.results[1]).to.include.keys('lacks');
  });

  it('explains differences of traces, and keeps other failures as they are', async () => {
    const intent = {
      kind: 'intent',
      source: { file: 'f', line: 1, column: 1 },
      message: 'm',
    } as const;
    const golden = { kind: 'golden', expected: '  main > a\n', actual: '' } as const;
    const fault = { code: 'E_MODEL', message: 'no' };
    const found = await json(
      { kind: 'fail', failures: [golden, intent], calls: [] },
      { kind: 'error', fault, failures: [intent], calls: [] },
    );
    expect(found.summary.ok).to.equal(false);
    expect(found.results[0]!.failures![0]!.explanation).to.contain('main > a');
    expect(found.results[0]!.failures![1]).to.deep.equal(intent);
    expect(found.results[1]).to.deep.include({ fault, failures: [intent] });
  });
});
