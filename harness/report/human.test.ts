import { expect } from 'chai';
import { summarise } from '../run/summary.js';
import { caseOf, write } from '../run/testing/fixtures.js';
import type { Failure, Outcome, Verdict } from '../run/types.js';
import type { Requirement } from '../suite/compiled.js';
import { PLAIN } from '../trace/explain/palette.js';
import type { Page } from './formats.js';
import { report } from './human.js';

const plain = (text: string): string => text;
const page: Page = { width: 100, colours: { ...PLAIN, yellow: plain, cyan: plain } };
const source = { file: 'suites/area/topic.yaml', line: 10, column: 9 };
const requirement: Requirement = {
  id: 'MDEV-TEST-01',
  text: 'What is written arrives.',
  level: 'MUST',
  reference: 'nowhere',
  source,
};
const compiled = caseOf([{ call: write }]);
const outcome = (verdict: Verdict, profile = 'old', id = compiled.id): Outcome => ({
  case: { ...compiled, id },
  profile,
  verdict,
});
const wrong: Failure = {
  kind: 'expectation',
  source,
  call: 0,
  step: 0,
  expected: 'success',
  actual: 'EIO',
};
const line = { step: 0, text: 'step write', answer: 'EIO', wrong: true };
const fail = (...failures: Failure[]): Verdict => ({ kind: 'fail', failures, calls: [line] });

const KNOWN = ['old', 'new', 'p1', 'p2', 'p3', 'p4'];
const through = (adapter: string, where: Page, outcomes: Outcome[]): Promise<string> =>
  report(
    {
      adapter,
      outcomes,
      summary: summarise(outcomes, KNOWN),
      requirements: [requirement],
      ms: 1234,
    },
    where,
  );
const on = (where: Page, ...outcomes: Outcome[]): Promise<string> =>
  through('reference', where, outcomes);
const text = (...outcomes: Outcome[]): Promise<string> => on(page, ...outcomes);

describe('human report', () => {
  it('is a table and a sentence where all is well', async () => {
    expect(await text(outcome({ kind: 'pass' }), outcome({ kind: 'pass' }, 'new'))).to.equal(
      [
        '               old     new',
        'create-remove  1 pass  1 pass',
        '',
        '2 pass (1 case, 2 runs, 1.23 s)',
        '',
      ].join('\n'),
    );
  });

  it('shows a failure with all that is needed to act on it', async () => {
    const shown = await text(outcome(fail(wrong)), outcome(fail(wrong), 'new'));
    expect(shown).to.contain(
      [
        '✖ create-remove.case  old, new',
        '  A case',
        '  suites/area/topic.yaml:4:9',
        '  MUST MDEV-TEST-01: What is written arrives.',
        '',
        `  ✖   1  ${'step write'.padEnd(56)}  → EIO`,
        '',
        '  step 1 at suites/area/topic.yaml:10:9',
        '    expected  success',
        '    came      EIO',
        '',
        '  run just this one: mdevct run create-remove.case --profile old',
      ].join('\n'),
    );
  });

  it('names the implementation in the command that runs a case again', async () => {
    const again = (adapter: string) => through(adapter, page, [outcome(fail(wrong))]);
    expect(await again('exec:./mine --quiet')).to.contain(
      'run create-remove.case --profile old --adapter "exec:./mine --quiet"\n',
    );
    expect(await again('exec:"./my device"')).to.contain(`--adapter 'exec:"./my device"'\n`);
  });

  it('shows the first difference of traces side by side', async () => {
    const expected = '  main > write /sys/x data=A\n  main < write = 36\n';
    const actual = expected.replace('36', 'EIO');
    const shown = await text(outcome(fail({ kind: 'golden', expected, actual })));
    expect(shown).to.contain('the trace leaves the golden one');
    expect(shown).to.match(/main < write = 36 +\| {3}main < write = EIO/);
  });

  it('tells of goldens that are missing and of rules that are broken', async () => {
    const remedy = 'mdevct record x';
    const missing: Failure = {
      kind: 'no-golden',
      code: 'E_GOLDEN_MISSING',
      message: 'none',
      remedy,
    };
    const intent: Failure = { kind: 'intent', source, message: 'expected never: log' };
    const shown = await text(outcome(fail(missing, intent)));
    expect(shown).to.contain('  E_GOLDEN_MISSING none\n    what to do: mdevct record x\n');
    expect(shown).to.contain('  intent at suites/area/topic.yaml:10:9\n    expected never: log\n');
  });

  it('tells of a fault of the implementation, with the first lines of its stack', async () => {
    const stack = ['TypeError: no', '    at a', '    at b', '    at c', '    at d', '    at e'];
    const fault = { code: 'E_ADAPTER_BUG', message: 'no', step: 0, stack: stack.join('\n') };
    const shown = await text(outcome({ kind: 'error', fault, failures: [], calls: [] }));
    expect(shown).to.contain('the implementation failed in step 1: E_ADAPTER_BUG no');
    expect(shown).to.contain('    at d');
    expect(shown).not.to.contain('at e');
  });

  it('shows the first wrong answers and counts the others', async () => {
    const shown = await text(outcome(fail(wrong, wrong, wrong, wrong, wrong)));
    expect(shown).to.contain('and 2 more wrong answers');
    expect(shown.match(/came {6}EIO/g)).to.have.length(3);
  });

  it('says it in one sentence when everything fails', async () => {
    const ids = ['a.one', 'a.two', 'a.three', 'a.four'];
    const shown = await text(...ids.map((id) => outcome(fail(wrong), 'old', id)));
    expect(shown).to.contain(
      'Everything fails, all 4 runs. Look for what they have in common. The first 3',
    );
    expect(shown).not.to.contain('✖ a.four');
  });

  it('says it when nothing is even answered', async () => {
    const fault = { code: 'E_ADAPTER_EXIT', message: 'it ended with status 3' };
    const dead: Verdict = { kind: 'error', fault, failures: [], calls: [] };
    const ids = ['a.one', 'a.two', 'a.three', 'a.four'];
    const shown = await text(...ids.map((id) => outcome(dead, 'old', id)));
    expect(shown).to.contain(
      'No case came to its end, the first one for E_ADAPTER_EXIT: it ended with status 3.',
    );
  });

  it('knows that goldens are all that is missing', async () => {
    const code = 'E_GOLDEN_MISSING';
    const missing: Failure = { kind: 'no-golden', code, message: 'none', remedy: 'record' };
    const ids = ['a.one', 'a.two', 'a.three', 'a.four'];
    const shown = await text(...ids.map((id) => outcome(fail(missing), 'old', id)));
    expect(shown).to.contain('No case has a golden yet: mdevct record');
  });

  it('gives the reason of what was left out', async () => {
    const lacks = { kind: 'not-applicable', lacks: ['tasks'] } as const;
    const shown = await text(outcome({ kind: 'pass' }), outcome(lacks, 'new'));
    expect(shown).to.contain(
      'not applicable: 1 run, for lack of tasks\n1 pass, 1 not applicable (',
    );
  });

  it('gives the commonest reasons of many', async () => {
    const lacking = (word: string): Outcome =>
      outcome({ kind: 'not-applicable', lacks: [`vendor:${word}`] });
    const words = 'abcdefghijkl'.split('');
    const shown = await text(...words.map(lacking), lacking('k'));
    expect(shown).to.match(
      /\nnot applicable: 2 runs, for lack of vendor:k\nnot applicable: 1 run, /,
    );
    expect(shown).to.contain('vendor:i\n… and for 2 more reasons; --json tells them\n');
  });

  it('stacks the table where the profiles do not fit', async () => {
    const outcomes = ['p1', 'p2', 'p3', 'p4'].map((name) => outcome({ kind: 'pass' }, name));
    const shown = await on({ ...page, width: 38 }, ...outcomes);
    expect(shown).to.contain('p1      p2      p3\n');
    expect(shown).to.contain('\n\n               p4\n');
  });
});
