/** `mdevct replay`: how closely an implementation follows recordings of real kernels. */
import { Option } from 'commander';
import type { AdapterFactory } from '../adapter/adapter.js';
import type { Level } from '../replay/levels.js';
import { findTranscripts } from '../replay/read.js';
import { isJudged, replayFiles, type Outcome } from '../replay/replay.js';
import { errorLine, HumanReport } from '../replay/report/human.js';
import { jsonReport } from '../replay/report/json.js';
import { Progress } from '../replay/report/progress.js';
import { exitStatus } from '../replay/report/tally.js';
import { implementation } from '../run/implementation.js';
import { adapterOptions, adapterOptionsOf, type AdapterChoice } from './adapter-options.js';
import type { Define } from './commands.js';
import type { Exit } from './exit.js';
import * as option from './options.js';
import type { Terminal } from './terminal.js';

/** What is replayed, and what is told of it. */
export interface ReplayOptions {
  /** instead of the one in each header */
  profile?: string;
  level: '1' | '2' | '3';
  json: boolean;
}

/** A profile that there isn't is one error, not one per file. */
async function requireProfile(profile: string, factory: AdapterFactory): Promise<void> {
  await (await factory(profile)).close();
}

/** A file or a pipe has no width: nothing is cut there. */
function humanReport({ colours, width }: Terminal): HumanReport {
  return new HumanReport({ palette: colours, width: process.stdout.isTTY ? width : undefined });
}

/**
 * Replays transcripts and reports: the result on stdout; progress, and why a file could not be
 * judged, on stderr.
 * @param factory makes the implementation
 * @returns 0 if all hold at the asked level, 1 if one doesn't, 2 if one could not be judged
 * @throws HarnessError `E_PROFILE` for a profile that there isn't
 */
export async function replay(
  paths: readonly string[],
  { profile, level: levelText, json }: ReplayOptions,
  terminal: Terminal,
  factory: AdapterFactory,
): Promise<Exit> {
  if (profile !== undefined) await requireProfile(profile, factory);
  const level = Number(levelText) as Level;
  const { files, errors } = findTranscripts(paths);
  const progress = new Progress(terminal, files.length);
  const human = humanReport(terminal);
  const outcomes: Outcome[] = [];
  const add = (outcome: Outcome): void => {
    outcomes.push(outcome);
    const text = json ? '' : human.text(outcome);
    if (text !== '' || !isJudged(outcome)) progress.clear();
    if (!isJudged(outcome)) terminal.err(`${errorLine(outcome)}\n`);
    terminal.out(text);
  };
  for (const error of errors) add({ file: error.file, error });
  for await (const outcome of replayFiles(files, factory, { profile, level })) {
    add(outcome);
    progress.tick();
  }
  progress.clear();
  terminal.out(`${json ? jsonReport(outcomes) : human.summary(outcomes)}\n`);
  return exitStatus(outcomes, level);
}

async function run(
  paths: readonly string[],
  options: ReplayOptions & AdapterChoice,
  terminal: Terminal,
): Promise<Exit> {
  const { factory, close } = await implementation(options.adapter, adapterOptionsOf(options));
  const status = await replay(paths, options, terminal, factory);
  await close();
  return status;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('<paths...>', 'transcripts, and folders that are searched for *.ndjson')
    .option('--profile <profile>', 'replay on this profile (default: the one of each transcript)')
    .addOption(
      new Option('--level <level>', '1 results, 2 also uevents and log, 3 every event in order')
        .choices(['1', '2', '3'])
        .default('3'),
    )
    .addOption(option.jsonOption())
    .action(
      action((paths: string[], options: ReplayOptions & AdapterChoice) =>
        run(paths, options, terminal),
      ),
    );
  adapterOptions(command);
  option.examples(command, [
    'replay transcripts/linux-6.1',
    'replay lifecycle-mtty.ndjson --profile linux-6.12',
    'replay transcripts --level 2 --json',
  ]);
};
