/** The tool as its users meet it: start-up, the whole suite, transcripts. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD } from './harness.js';
import { inTurn, median, once, peak, succeed } from './measure.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const suites = ['--suites', join(root, 'suites')];
const goldens = ['--golden', process.env.BENCH_GOLDEN ?? join(root, 'golden')];
/** A case that fails costs more, but it is a result. */
export const JUDGED = [0, 1];

const mdevct = (...args) => ({ args: [join(BUILD, 'cli/main.js'), ...args] });
export const run = (...args) => mdevct('run', ...args, ...suites, ...goldens);
const wall = (runs) => median(runs.map(({ ms }) => ms));

/** The names of the profiles that there are. */
export function profiles() {
  const { stdout } = succeed(mdevct('profiles', '--json'));
  return JSON.parse(stdout).profiles.map(({ name }) => name);
}

function firstCase() {
  const { status, stdout } = once(mdevct('list', '--json', ...suites));
  return status === 0 ? JSON.parse(stdout).cases[0]?.id : undefined;
}

/** Empty node, the help, one case. */
export function startUp(runs) {
  const id = firstCase();
  const tasks = [
    ['empty', { args: ['-e', '0'] }],
    ['help', mdevct('--help')],
    ...(id === undefined ? [] : [['oneCase', run(id)]]),
  ].map(([name, command]) => ({ name, runs, run: () => succeed(command, JUDGED) }));
  const ms = Object.fromEntries([...inTurn(tasks)].map(([name, all]) => [name, wall(all)]));
  return { case: id, ms, ratio: { help: ms.help / ms.empty, oneCase: ms.oneCase / ms.empty } };
}

/** All cases in all profiles. */
export function wholeSuite(runs) {
  const command = run('--json');
  const { status, stdout, stderr } = once(command);
  if (!JUDGED.includes(status)) return { error: stderr.split('\n')[0] };
  const { summary } = JSON.parse(stdout);
  const all = inTurn([{ name: 'run', runs, run: () => succeed(command, JUDGED) }]);
  const ms = wall(all.get('run'));
  return {
    cases: summary.cases,
    runs: summary.runs,
    passed: summary.counts.pass,
    ms,
    perSecond: (summary.runs * 1000) / ms,
    peakMB: peak(command, JUDGED),
  };
}

/** @param {string} [folder] other transcripts than the project's own */
export function transcripts(runs, folder = join(root, 'harness/replay/fixtures/kernel')) {
  const found =
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => file.endsWith('.ndjson'));
  if (!found) return { count: 0 };
  const replay = () => JSON.parse(succeed({ args: [here('replay.js'), folder] }).stdout);
  const all = inTurn([{ name: 'replay', runs, run: replay }]).get('replay');
  const ms = median(all.map((each) => each.ms));
  return { count: all[0].count, ms, msPerTranscript: ms / all[0].count };
}
