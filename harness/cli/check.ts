/** `mdevct check`: everything that can be wrong without running anything, in one go. */
import { GoldenStore } from '../golden/store.js';
import { implementation } from '../run/implementation.js';
import { loadSuites } from '../suite/load.js';
import { applicable, goldenProblems, pairingProblems } from './check-goldens.js';
import { schemaProblems } from './check-schema.js';
import type { Define } from './commands.js';
import { complain } from './complaint.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { ofSuite, renderProblem, type Problem } from './problem.js';
import { plural } from '../report/words.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Folders {
  json: boolean;
}

/** What was looked at, and what is wrong with it. */
interface Findings {
  cases: number;
  requirements: number;
  goldens: number;
  /** goldens that wait for review: worth telling, but not wrong */
  pending: number;
  problems: Problem[];
}

async function findings({ suites, golden }: Options): Promise<Findings> {
  const impl = await implementation('reference');
  const { cases, requirements, errors } = await loadSuites(suites, impl.world);
  const store = new GoldenStore(golden);
  // Without all cases, goldens would be blamed for what is wrong with the suites.
  const paired =
    errors.length === 0 ? pairingProblems(await applicable(cases, impl), store, golden) : [];
  return {
    cases: cases.length,
    requirements: requirements.length,
    goldens: store.list().length,
    pending: store.listPending().length,
    problems: [
      ...errors.map(ofSuite),
      ...schemaProblems(suites),
      ...goldenProblems(store, golden),
      ...paired,
    ],
  };
}

function tell({ problems, pending, ...found }: Findings, terminal: Terminal): void {
  for (const problem of problems) terminal.err(`${renderProblem(problem)}\n`);
  if (pending > 0) terminal.err(`${plural(pending, 'golden')} not yet accepted or rejected\n`);
  if (problems.length > 0) {
    const sentence = `${plural(problems.length, 'error')} in suites and goldens`;
    complain(terminal, 'E_CHECK', sentence);
  } else {
    const { cases, requirements, goldens } = found;
    const sums = [plural(cases, 'case'), plural(requirements, 'requirement')];
    terminal.out(`${sums.join(', ')}, ${plural(goldens, 'golden')}: all sound\n`);
  }
}

async function check(options: Options, terminal: Terminal): Promise<Exit> {
  const found = await findings(options);
  const ok = found.problems.length === 0;
  if (options.json) terminal.out(`${JSON.stringify({ ok, ...found })}\n`);
  else tell(found, terminal);
  return ok ? Exit.ok : Exit.unusable;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((options: Options) => check(options, terminal)));
  option.examples(command, [
    'check',
    'check --suites my-suites --golden my-golden',
    'check --json',
  ]);
};
