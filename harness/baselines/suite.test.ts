import { expect } from 'chai';
import type { AdapterFactory } from '../adapter/adapter.js';
import { reference } from '../adapter/reference.js';
import { behaviourFor } from '../golden/document.js';
import { GoldenStore } from '../golden/store.js';
import { implementation } from '../run/implementation.js';
import type { PlannedCase } from '../run/plan.js';
import { Runner } from '../run/runner.js';
import type { Outcome } from '../run/types.js';
import type { CompiledCase } from '../suite/compiled.js';
import { loadSuites } from '../suite/load.js';
import { parse } from '../trace/parse.js';
import type { Trace } from '../trace/types.js';
import { ROTE_NAMES, answering, echo } from './answering.js';
import { broken } from './broken.js';

const goldens = new GoldenStore('golden');

/** Every case once, in the first of its profiles. */
let planned: PlannedCase[];
let vendors: readonly string[];

function traceOf({ case: { id }, profiles }: PlannedCase): Trace {
  return parse(behaviourFor(goldens.load(id), profiles[0]!)!.text);
}

async function outcomesOf(
  factory: AdapterFactory,
  cases: readonly PlannedCase[] = planned,
): Promise<Outcome[]> {
  const runner = new Runner(factory, goldens);
  const outcomes: Outcome[] = [];
  for await (const outcome of runner.run(cases)) outcomes.push(outcome);
  await runner.close();
  return outcomes;
}

const passed = (outcomes: readonly Outcome[]): CompiledCase[] =>
  outcomes.flatMap(({ case: each, verdict }) => (verdict.kind === 'pass' ? [each] : []));

/** Cases that some baseline has passed. */
const everFooled = new Set<string>();

/** Ids of cases that are fooled and don't say why that is in order. */
function fooled(outcomes: readonly Outcome[]): string[] {
  const cases = passed(outcomes);
  for (const { id } of cases) everFooled.add(id);
  return cases.flatMap(({ id, trivial }) => (trivial === undefined ? [id] : []));
}

describe('the suite is not fooled', function () {
  this.timeout(120_000);

  before(async () => {
    const { world } = await implementation('reference');
    vendors = world.vendors;
    const { cases } = await loadSuites('suites', world);
    planned = cases.map((each) => ({ case: each, profiles: [each.profiles[0]!] }));
  });

  for (const name of ROTE_NAMES) {
    it(`by ${name}, whether it says that it sees everything or nothing`, async () => {
      expect(fooled(await outcomesOf(answering(name, vendors)))).to.deep.equal([]);
      const blind = await outcomesOf(answering(name, vendors, { observes: [] }));
      expect(fooled(blind)).to.deep.equal([]);
    });
  }

  it('by one that knows every answer and does nothing', async () => {
    const ids: string[] = [];
    for (const each of planned) {
      const loads = each.case.loaded.map(() => ({ ret: 0 }));
      const answers = traceOf(each).map(({ answer }) => answer);
      const factory = echo([...loads, ...answers], vendors);
      ids.push(...fooled(await outcomesOf(factory, [each])));
    }
    expect(ids).to.deep.equal([]);
  });

  it('but by those above where a case says so', () => {
    const trivial = planned.flatMap(({ case: { id, trivial: why } }) => (why ? [id] : []));
    expect([...everFooled]).to.have.members(trivial);
  });

  it('by events that come late', async () => {
    // What loading the modules makes would come with the first answer.
    const eventless = planned.filter(
      (each) =>
        each.case.loaded.length === 0 && traceOf(each).every(({ events }) => events.length === 0),
    );
    const outcomes = await outcomesOf(broken('late', reference));
    expect(passed(outcomes)).to.deep.equal(eventless.map((each) => each.case));
  });

  it('by events in the wrong order', async () => {
    const alike = (trace: Trace): boolean =>
      trace.every(({ events }) => new Set(events.map((event) => JSON.stringify(event))).size < 2);
    const orderless = planned.filter((each) => alike(traceOf(each)));
    const outcomes = await outcomesOf(broken('shuffle', reference));
    expect(passed(outcomes)).to.deep.equal(orderless.map((each) => each.case));
  });

  it('by uuids that are never free again', async () => {
    const failed = (await outcomesOf(broken('forgetful', reference)))
      .filter(({ verdict }) => verdict.kind === 'fail')
      .map((outcome) => outcome.case.id);
    expect(failed).to.include.members([
      'create-remove.uuid-stays-taken-until-the-last-put',
      'registration.parent-can-be-registered-again',
      'release-completion.uuid-and-instance-stay-taken-while-a-remove-waits',
    ]);
  });
});
