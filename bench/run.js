/** `npm run bench`: what the harness costs, beside what others cost in the same run. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `npm run bench -- [options]

  --quick              1,000 generated cases only, and not 10,000
  --runs <n>           processes per figure, 5
  --json               one JSON object
  --build <dir>        the compiled project, build
  --golden <dir>       other goldens than the project's own
  --transcripts <dir>  other transcripts than the project's own
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    build: { type: 'string', default: fileURLToPath(new URL('../build', import.meta.url)) },
    golden: { type: 'string' },
    transcripts: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text) => process.stderr.write(`bench: ${text}\n`);

/** vitest is no dependency of the project: it comes when it is first needed. */
function installPeers() {
  const here = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(resolve(here, 'node_modules/vitest/vitest.mjs'))) return;
  say('installing vitest into bench/node_modules (once): npm ci --prefix bench');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--prefix', here, '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci --prefix bench failed');
}

async function bench() {
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1');
  // Read by every process of the bench, this one included: what needs it is only loaded now.
  process.env.BENCH_BUILD = resolve(values.build);
  if (values.golden !== undefined) process.env.BENCH_GOLDEN = resolve(values.golden);
  installPeers();
  const [tool, { adapters }, { comparisons }, report] = await Promise.all([
    import('./tool.js'),
    import('./adapters.js'),
    import('./comparisons.js'),
    import('./report.js'),
  ]);
  const machine = report.machine();
  say('start-up, suite, transcripts, adapters');
  const result = {
    machine,
    runs,
    startUp: tool.startUp(runs * 2 + 1),
    suite: tool.wholeSuite(runs),
    replay: tool.transcripts(runs, values.transcripts),
    adapters: await adapters(runs),
    comparisons: await comparisons(values.quick ? [1000] : [1000, 10_000], runs, say),
  };
  const whole = { ...result, targets: report.targets(result) };
  process.stdout.write(values.json ? `${JSON.stringify(whole, null, 2)}\n` : report.table(whole));
}

if (values.help) process.stdout.write(HELP);
else {
  try {
    await bench();
  } catch (error) {
    say(error.message);
    process.exitCode = 2;
  }
}
