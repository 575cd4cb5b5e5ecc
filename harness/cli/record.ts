/** `mdevct record`: runs cases and proposes their traces as goldens. Nothing counts until accepted. */
import { GoldenStore } from '../golden/store.js';
import type { Outcome } from '../run/types.js';
import { failureBlock } from '../report/failure.js';
import { findings } from '../report/group.js';
import { plural } from '../report/words.js';
import { choose, type Chosen } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { proposalDiff } from './proposal.js';
import { recordAll, type Recorded } from './recording.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Choice, option.Folders {
  json: boolean;
  quiet: boolean;
}

function tell(
  recorded: readonly Recorded[],
  broken: readonly Outcome[],
  { loaded }: Chosen,
  store: GoldenStore,
  { quiet }: Options,
  terminal: Terminal,
): void {
  const of = (state: Recorded['state']) => recorded.filter((each) => each.state === state);
  const pending = of('pending');
  for (const { id } of pending) {
    terminal.out(quiet ? `${id}\n` : `${proposalDiff(store, id, terminal.colours)}\n`);
  }
  const known = new Map(loaded.requirements.map((requirement) => [requirement.id, requirement]));
  for (const finding of findings(broken)) {
    terminal.out(`${failureBlock(finding, known, terminal).join('\n')}\n\n`);
  }
  const failed = of('failed').length;
  if (failed > 0) terminal.out(`not recorded: ${plural(failed, 'case')} not as expected\n`);
  terminal.out(
    `${plural(pending.length, 'golden')} to review, ${of('unchanged').length} unchanged\n` +
      (pending.length > 0
        ? 'next: mdevct accept [patterns] --reason "…", or mdevct reject [patterns]\n'
        : ''),
  );
}

async function record(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const chosen = await choose(patterns, options, options);
  const store = new GoldenStore(options.golden);
  const { recorded, broken } = await recordAll(chosen, store);
  if (options.json) {
    terminal.out(`${JSON.stringify({ recorded })}\n`);
  } else tell(recorded, broken, chosen, store, options, terminal);
  return broken.length === 0 ? Exit.ok : Exit.unexpected;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('[patterns...]', option.PATTERNS)
    .addOption(option.profileOption())
    .addOption(option.areaOption())
    .option('--quiet', 'ids only, no diffs', false)
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((patterns: string[], options: Options) => record(patterns, options, terminal)));
  option.examples(command, [
    'record',
    'record create-remove.links-come-after-bind',
    'record --quiet',
  ]);
};
