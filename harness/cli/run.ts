/** `mdevct run`: cases on the reference or another implementation, judged. Writes nothing. */
import { HarnessError } from '../errors.js';
import { FORMATS, type FormatName } from '../report/formats.js';
import type { JudgedKnown } from '../known/judge.js';
import { isGreen, summarise } from '../run/summary.js';
import type { Outcome } from '../run/types.js';
import { adapterOptions, type AdapterChoice } from './adapter-options.js';
import { choose, type Chosen } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import { intoFolder } from './into-folder.js';
import * as option from './options.js';
import { collectOutcomes } from './outcomes.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Choice, option.Folders, AdapterChoice {
  json: boolean;
  jobs: number;
  knownFailures?: string;
}

function jobs(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new HarnessError('E_USAGE', `--jobs takes a number from 1 to 999, not ${text}`);
}

type Judged = Omit<JudgedKnown, 'problems'> & Partial<JudgedKnown>;

/** Reads the file of known failures, before anything is run; what comes back judges by it. */
async function knownJudge(
  patterns: readonly string[],
  { knownFailures, area }: Options,
  { implementation, profiles }: Chosen,
): Promise<(outcomes: Outcome[]) => Judged> {
  if (knownFailures === undefined) return (outcomes) => ({ outcomes });
  const { judgeBy } = await import('./known-file.js');
  const everything = patterns.length === 0 && area.length === 0;
  return judgeBy(knownFailures, implementation.world, { everything, profiles });
}

/** Recordings of a run that was not made to its end are no recordings of it. */
function run(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  return intoFolder(options.saveTranscripts, (folder) =>
    runInto(folder, patterns, options, terminal),
  );
}

async function runInto(
  saveTranscripts: string | undefined,
  patterns: string[],
  options: Options,
  terminal: Terminal,
): Promise<Exit> {
  const started = performance.now();
  const adapter = { ...options, ...(saveTranscripts !== undefined && { saveTranscripts }) };
  const chosen = await choose(patterns, options, options, adapter);
  const { planned, loaded, implementation } = chosen;
  const work = { planned, implementation, golden: options.golden };
  const judge = await knownJudge(patterns, options, chosen);
  const { outcomes, problems } = judge(await collectOutcomes(work, terminal, options.jobs));
  await implementation.close();
  const summary = summarise(outcomes, implementation.world.profiles);
  const format: FormatName = options.json ? 'json' : 'human';
  const { report } = await FORMATS[format]();
  const ms = performance.now() - started;
  const { requirements } = loaded;
  const known = problems && { known: problems };
  const told = {
    adapter: implementation.spec.shown,
    outcomes,
    summary,
    requirements,
    ms,
    ...known,
  };
  terminal.out(await report(told, terminal));
  return isGreen(summary) && !problems?.length ? Exit.ok : Exit.unexpected;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('[patterns...]', option.PATTERNS)
    .addOption(option.profileOption())
    .addOption(option.areaOption())
    .addOption(option.knownFailuresOption())
    .addOption(option.jsonOption())
    .option('--jobs <n>', 'cases at a time; more than 1 pays for thousands of cases', jobs, 1)
    .option('--save-transcripts <dir>', 'record what is called and answered, into a new folder')
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((patterns: string[], options: Options) => run(patterns, options, terminal)));
  adapterOptions(command);
  option.examples(command, [
    'run',
    'run --adapter "exec:./my-device --quiet"',
    'run create-remove --profile linux-6.12',
    "run 'probe-failure.*errno*'",
    'run open-close/request --json',
  ]);
};
