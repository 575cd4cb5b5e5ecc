/** `mdevct requirements`: what each of them is proven by, in an actual run. */
import { PROOF_FORMATS } from '../report/requirements/formats.js';
import { coverage, proofsOf, uncovered } from '../run/proofs.js';
import type { Requirement } from '../suite/compiled.js';
import { adapterOptions, type AdapterChoice } from './adapter-options.js';
import { choose, type Chosen } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { collectOutcomes } from './outcomes.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Choice, option.Folders, AdapterChoice {
  uncovered: boolean;
  json: boolean;
}

/** Of some areas, the requirements that their cases name; else all. */
function asked({ loaded }: Chosen, { area }: Options): readonly Requirement[] {
  if (area.length === 0) return loaded.requirements;
  const cited = new Set(loaded.cases.flatMap(({ because }) => because));
  return loaded.requirements.filter(({ id }) => cited.has(id));
}

async function requirements(options: Options, terminal: Terminal): Promise<Exit> {
  const chosen = await choose([], options, options, options);
  const { planned, profiles, implementation } = chosen;
  const outcomes = await collectOutcomes(
    { planned, implementation, golden: options.golden },
    terminal,
  );
  await implementation.close();
  const all = proofsOf(outcomes, asked(chosen, options), profiles);
  const gaps = uncovered(all);
  const { report } = await PROOF_FORMATS[options.json ? 'json' : 'human']();
  const proofs = options.uncovered ? gaps : all;
  terminal.out(report({ proofs, coverage: coverage(all) }, terminal));
  return options.uncovered && gaps.length > 0 ? Exit.unexpected : Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .option('--uncovered', 'only what nothing proves; exit status 1 if there is any', false)
    .addOption(option.profileOption())
    .addOption(option.areaOption())
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((options: Options) => requirements(options, terminal)));
  adapterOptions(command);
  option.examples(command, [
    'requirements',
    'requirements --uncovered',
    'requirements --area open-close --profile linux-6.12',
    'requirements --json',
  ]);
};
