/** `mdevct compare`: what changed between two profiles. */
import { HarnessError } from '../errors.js';
import { compareProfiles } from '../compare/compare.js';
import { COMPARE_FORMATS } from '../report/compare/formats.js';
import { nearest } from '../suite/suggest.js';
import { implementation } from '../run/implementation.js';
import { adapterOptions, type AdapterChoice } from './adapter-options.js';
import { choose } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { progress } from './progress.js';
import type { Terminal } from './terminal.js';

interface Options
  extends Pick<option.Choice, 'area'>, Pick<option.Folders, 'suites'>, AdapterChoice {
  json: boolean;
  markdown: boolean;
}

/** Two different profiles by name; ranges are no answer to "from which to which". */
async function requireProfiles(names: readonly [string, string]): Promise<void> {
  const { world } = await implementation('reference');
  for (const name of names) {
    if (world.profiles.includes(name)) continue;
    const near = nearest(name, world.profiles);
    const hint = near === undefined ? 'mdevct profiles lists them' : `did you mean ${near}?`;
    throw new HarnessError('E_PROFILE', `${name} is no known profile; ${hint}`);
  }
  if (names[0] === names[1]) {
    throw new HarnessError('E_USAGE', `${names[0]} is on both sides; compare takes two profiles`);
  }
}

function formatOf({ json, markdown }: Options): keyof typeof COMPARE_FORMATS {
  if (json && markdown)
    throw new HarnessError('E_USAGE', '--json and --markdown exclude each other');
  return json ? 'json' : markdown ? 'markdown' : 'human';
}

async function compare(
  profiles: readonly [string, string],
  patterns: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<Exit> {
  const { report } = await COMPARE_FORMATS[formatOf(options)]();
  await requireProfiles(profiles);
  const choice = { area: options.area, profile: [...profiles] };
  const chosen = await choose(patterns, choice, options, options);
  const { planned, loaded, implementation } = chosen;
  const missing = profiles.find((name) => !chosen.profiles.includes(name));
  if (missing !== undefined) {
    throw new HarnessError('E_PROFILE', `the implementation doesn't play ${missing}`);
  }
  const both = planned.map(({ case: each }) => ({ case: each, profiles }));
  const watch = progress(terminal, both);
  const comparison = await compareProfiles(planned, profiles, implementation, watch.tick);
  watch.end();
  await implementation.close();
  terminal.out(report({ comparison, requirements: loaded.requirements }, terminal));
  return comparison.unusable.length === 0 ? Exit.ok : Exit.unusable;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('<from>', 'a profile')
    .argument('<to>', 'the profile to compare it with')
    .argument('[patterns...]', option.PATTERNS)
    .addOption(option.areaOption())
    .addOption(option.jsonOption())
    .option('--markdown', 'for a mail or a pull request', false)
    .addOption(option.suitesOption())
    .action(
      action((from: string, to: string, patterns: string[], options: Options) =>
        compare([from, to], patterns, options, terminal),
      ),
    );
  adapterOptions(command);
  option.examples(command, [
    'compare linux-6.1 linux-6.12',
    'compare linux-6.1 linux-6.12 --area release-completion',
    'compare linux-6.1 linux-6.12 --markdown > changes.md',
    "compare linux-6.1 linux-6.12 'open-close.*' --json",
  ]);
};
