/** `mdevct list`: which cases there are. */
import { plural } from '../report/words.js';
import { groupBy } from '../run/group-by.js';
import type { PlannedCase } from '../run/plan.js';
import { choose } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Choice, option.Folders {
  json: boolean;
}

function asJson(planned: readonly PlannedCase[]): string {
  const cases = planned.map(({ case: each, profiles }) => ({
    id: each.id,
    title: each.title,
    suite: each.suite,
    area: each.area,
    profiles,
    requirements: each.because,
    needs: each.needs,
    source: each.source,
  }));
  return `${JSON.stringify({ cases })}\n`;
}

function asText(planned: readonly PlannedCase[], { colours }: Terminal): string {
  const suites = groupBy(planned, ({ case: each }) => each.suite);
  const blocks = [...suites].map(([suite, cases]) => {
    const lines = cases.map(({ case: each }) => `  ${each.id}\n    ${colours.dim(each.title)}\n`);
    return `${colours.bold(suite)}\n${lines.join('')}`;
  });
  return `${blocks.join('\n')}\n${plural(planned.length, 'case')} in ${plural(suites.size, 'suite')}\n`;
}

async function list(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const { planned } = await choose(patterns, options, options);
  terminal.out(options.json ? asJson(planned) : asText(planned, terminal));
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('[patterns...]', option.PATTERNS)
    .addOption(option.profileOption())
    .addOption(option.areaOption())
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .action(action((patterns: string[], options: Options) => list(patterns, options, terminal)));
  option.examples(command, ['list', 'list --area create-remove', "list '*users*' --json"]);
};
