/** `mdevct show`: one case as a specification: what it asks, why, and what it looks like. */
import { HarnessError } from '../errors.js';
import { adapterOptions, type AdapterChoice } from './adapter-options.js';
import { choose } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { callLines, headLines, stepLines } from './show-text.js';
import { tracesOf, type Traces } from './show-traces.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Folders, AdapterChoice {
  profile: string[];
  calls: boolean;
  trace: boolean;
  actual: boolean;
  json: boolean;
}

function traceLines({ from, behaviours }: Traces): string[] {
  return behaviours.flatMap(({ profiles, text }) => [
    `${from} trace of ${profiles.join(', ')}`,
    ...text.trimEnd().split('\n'),
    '',
  ]);
}

async function show(id: string, options: Options, terminal: Terminal): Promise<Exit> {
  const chosen = await choose([id], { area: [], profile: options.profile }, options, options);
  const [planned, ...others] = chosen.planned;
  if (others.length > 0) {
    throw new HarnessError('E_USAGE', `${id} is more than one case; mdevct list ${id} names them`);
  }
  const traces =
    options.trace || options.actual ? await tracesOf(planned!, chosen, options) : undefined;
  await chosen.implementation.close();
  const because = chosen.loaded.requirements.filter((each) =>
    planned!.case.because.includes(each.id),
  );
  if (options.json) {
    terminal.out(`${JSON.stringify({ ...planned, requirements: because, traces })}\n`);
    return Exit.ok;
  }
  const lines = [
    ...headLines(planned!, because, terminal.colours),
    '',
    ...(options.calls ? callLines(planned!.case) : stepLines(planned!.case)),
    ...(traces ? ['', ...traceLines(traces)] : []),
  ];
  terminal.out(`${lines.join('\n').trimEnd()}\n`);
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('<case>', 'its id')
    .option('--calls', 'the calls of the protocol that its steps stand for', false)
    .option('--trace', 'its golden trace, or the actual one if there is no golden', false)
    .option('--actual', 'the actual trace', false)
    .addOption(option.profileOption())
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((id: string, options: Options) => show(id, options, terminal)));
  adapterOptions(command);
  option.examples(command, [
    'show create-remove.links-come-after-bind',
    'show create-remove.links-come-after-bind --calls',
    'show create-remove.links-come-after-bind --trace --profile linux-6.12',
  ]);
};
