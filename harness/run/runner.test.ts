import { expect } from 'chai';
import { AdapterFault, HarnessError } from '../errors.js';
import { GoldenError } from '../golden/error.js';
import type { Hello } from '../adapter/protocol.js';
import type { CompiledCase } from '../suite/compiled.js';
import { Runner } from './runner.js';
import { FakeAdapter, caseOf, goldensOf, log, write } from './testing/fixtures.js';
import type { Goldens } from './golden.js';
import type { Failure, Outcome, Verdict } from './types.js';

const PASSING = '  main > write /sys/x data=A\n  main < write = 36\n';
const passing = (): { ret: number } => ({ ret: 36 });
const factory = (adapter: FakeAdapter) => () => adapter;

async function outcomes(runner: Runner, ...cases: CompiledCase[]): Promise<Outcome[]> {
  const found: Outcome[] = [];
  const planned = cases.map((each) => ({ case: each, profiles: ['old'] }));
  for await (const outcome of runner.run(planned)) found.push(outcome);
  return found;
}

async function verdict(
  adapter: FakeAdapter,
  goldens: Goldens,
  compiled = caseOf([{ call: write }]),
): Promise<Verdict> {
  const [outcome] = await outcomes(new Runner(factory(adapter), goldens), compiled);
  return outcome!.verdict;
}

function failuresOf(found: Verdict): readonly Failure[] {
  if (found.kind !== 'fail') throw new Error(`expected a failure, not ${found.kind}`);
  return found.failures;
}

describe('Runner', () => {
  it('passes a case whose trace is the golden one', async () => {
    const found = await verdict(new FakeAdapter(passing), goldensOf({ old: PASSING }));
    expect(found).to.deep.equal({ kind: 'pass' });
  });

  it('fails a case with another trace, and keeps both', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 36, events: [log('new')] }));
    const [failure] = failuresOf(await verdict(adapter, goldensOf({ old: PASSING })));
    const actual = PASSING.replace('A\n', 'A\n  main   log <6> new\n');
    expect(failure).to.deep.equal({ kind: 'golden', expected: PASSING, actual });
  });

  it('tells of expectations, golden and intent in this order', async () => {
    const adapter = new FakeAdapter(() => ({ errno: 'EIO', events: [log('oops')] }));
    const source = { file: 'f', line: 1, column: 1 };
    const claim = { kind: 'never', pattern: { kind: 'log', text: 'oops' } } as const;
    const compiled = caseOf([{ call: write }], { intent: [{ claim, source }] });
    const failures = failuresOf(await verdict(adapter, goldensOf({ old: PASSING }), compiled));
    expect(failures.map(({ kind }) => kind)).to.deep.equal(['expectation', 'golden', 'intent']);
    expect(failures[0]).to.include({ expected: 'success', actual: 'EIO', step: 0, call: 0 });
  });

  it('says what to do about a golden that is not there', async () => {
    const adapter = new FakeAdapter(passing);
    const [failure] = failuresOf(await verdict(adapter, goldensOf({ new: PASSING })));
    expect(failure).to.include({
      kind: 'no-golden',
      code: 'E_GOLDEN_MISSING',
      message: 'the golden of create-remove.case says nothing about old',
    });
    expect(failure).to.have.property('remedy').that.contains('mdevct record create-remove.case');
  });

  it('fails a case whose golden is broken', async () => {
    const goldens = {
      load: (): never => {
        throw new GoldenError('E_GOLDEN_SYNTAX', 'g.trace', 3, 'a blank line too many');
      },
    };
    const [failure] = failuresOf(await verdict(new FakeAdapter(passing), goldens));
    expect(failure).to.include({ code: 'E_GOLDEN_SYNTAX' });
    expect(failure).to.have.property('remedy').that.contains('repair the file');
  });

  it('leaves out what the implementation does not offer', async () => {
    const adapter = new FakeAdapter(passing);
    const compiled = caseOf([{ call: write }], { needs: ['modules', 'tasks'] });
    const found = await verdict(adapter, goldensOf({}), compiled);
    expect(found).to.deep.equal({ kind: 'not-applicable', lacks: ['tasks'] });
    expect(adapter.calls).to.deep.equal([]);
  });

  it('compares only what the implementation sees', async () => {
    const blind: Partial<Hello> = { observes: ['uevent'], order: 'by-kind' };
    const golden = PASSING.replace('A\n', 'A\n  main   log <6> unseen\n');
    const found = await verdict(new FakeAdapter(passing, blind), goldensOf({ old: golden }));
    expect(found).to.deep.equal({ kind: 'pass' });
  });

  it('keeps one implementation over cases, and starts a new one after a fault', async () => {
    const started: FakeAdapter[] = [];
    const runner = new Runner(
      () => {
        const first = started.length === 0;
        const adapter = new FakeAdapter((call) => {
          if (first && call.method === 'read') throw new AdapterFault('E_DIED', 'it died');
          return { ret: 36 };
        });
        started.push(adapter);
        return adapter;
      },
      goldensOf({ old: PASSING }),
    );
    const dying = caseOf([{ call: { method: 'read', params: { path: '/sys/x' } } }]);
    const fine = caseOf([{ call: write }]);
    const found = await outcomes(runner, fine, dying, fine, fine);
    await runner.close();
    const kinds = found.map((outcome) => outcome.verdict.kind);
    expect(kinds).to.deep.equal(['pass', 'error', 'pass', 'pass']);
    expect(started.map(({ closed }) => closed)).to.deep.equal([1, 1]);
  });

  it('survives an implementation that breaks once more when it is closed', async () => {
    const adapter = new FakeAdapter(passing);
    adapter.close = () => {
      throw new Error('broken pipe');
    };
    const runner = new Runner(factory(adapter), goldensOf({ old: PASSING }));
    await outcomes(runner, caseOf([{ call: write }]));
    await runner.close();
  });

  it('makes every case an error if the implementation does not start, and tries once', async () => {
    let tries = 0;
    const runner = new Runner(() => {
      tries++;
      throw new AdapterFault('E_START', 'no such program');
    }, goldensOf({}));
    const found = await outcomes(runner, caseOf([]), caseOf([]));
    expect(found.map((outcome) => outcome.verdict.kind)).to.deep.equal(['error', 'error']);
    expect(tries).to.equal(1);
  });

  it('gives up an implementation that comes to the end of nothing', async () => {
    let calls = 0;
    const dying = new FakeAdapter(() => {
      calls++;
      throw new AdapterFault('E_DIED', 'it died');
    });
    const runner = new Runner(() => dying, goldensOf({}));
    const cases = Array.from({ length: 7 }, () => caseOf([{ call: write }], { profiles: ['old'] }));
    const codes = (await outcomes(runner, ...cases)).map(({ verdict }) =>
      verdict.kind === 'error' ? verdict.fault.code : verdict.kind,
    );
    expect(codes.slice(4)).to.deep.equal(['E_DIED', 'E_ADAPTER_GIVEN_UP', 'E_ADAPTER_GIVEN_UP']);
    expect(calls).to.equal(5);
  });

  it('goes on with one that ever came to an end', async () => {
    let calls = 0;
    const dying = new FakeAdapter(() => {
      if (++calls > 1) throw new AdapterFault('E_DIED', 'it died');
      return { ret: 0 };
    });
    const runner = new Runner(() => dying, goldensOf({}));
    const cases = Array.from({ length: 8 }, () => caseOf([{ call: write }], { profiles: ['old'] }));
    const found = await outcomes(runner, ...cases);
    expect(found.map(({ verdict }) => verdict.kind)).to.deep.equal([
      'fail',
      ...Array(7).fill('error'),
    ]);
    expect(calls).to.equal(8);
  });

  it('lets errors of the user through', async () => {
    const runner = new Runner(() => {
      throw new HarnessError('E_PROFILE', 'unknown profile');
    }, goldensOf({}));
    const failed = await outcomes(runner, caseOf([])).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'E_PROFILE');
  });

  it('reads the golden of a case once for all its profiles', async () => {
    const goldens = goldensOf({ old: PASSING, new: PASSING });
    const runner = new Runner((profile) => new FakeAdapter(passing, { profile }), goldens);
    const planned = { case: caseOf([{ call: write }]), profiles: ['old', 'new'] };
    const kinds: string[] = [];
    for await (const outcome of runner.run([planned])) kinds.push(outcome.verdict.kind);
    expect(kinds).to.deep.equal(['pass', 'pass']);
    expect(goldens.loads).to.equal(1);
  });
});
