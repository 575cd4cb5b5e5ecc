/** The reference through every adapter, as processes: the same report, byte for byte, but for the name. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ended } from '../adapter/testing/ended.js';
import { MAIN, Project, SUITE_FILE } from './testing/mdevct.js';

const NODE = `"${process.execPath}"`;
const MODULE = fileURLToPath(new URL('../adapter/testing/reference-module.js', import.meta.url));
const FRAGILE = fileURLToPath(new URL('../adapter/testing/fragile.js', import.meta.url));
const KIT = fileURLToPath(new URL('../adapter/testing/kit-module.js', import.meta.url));
const EXEC = `exec:${NODE} "${MAIN}" serve --stdio`;
const PROFILES = ['--profile', 'linux-5.10,linux-6.12'];
const REAL = ['--suites', resolve('suites'), '--golden', resolve('golden')];
const PATTERNS = [
  'release-completion/unregister',
  'create-remove/duplicates',
  'vendor-devices/shared',
];

/** A report without what differs between runs: the name of the adapter, and how long it took. */
const essence = (report: string): string =>
  report.replace(/"adapter":"(?:[^"\\]|\\.)*"/, '"adapter":""').replace(/"ms":\d+/, '"ms":0');

/** `mdevct serve --http` on a free port. */
async function serve(...args: string[]): Promise<{
  url: string;
  server: ChildProcessWithoutNullStreams;
}> {
  const server = spawn(process.execPath, [MAIN, 'serve', '--http', '--port', '0', ...args]);
  server.stdout.setEncoding('utf8');
  const [line] = (await once(server.stdout, 'data')) as [string];
  return { url: /http:\S+/.exec(line)![0], server };
}

/** Waits until a shell has written its process's number into a file. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    try {
      const text = readFileSync(file, 'utf8');
      if (text.endsWith('\n')) return Number(text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await sleep(10);
  }
}

describe('the reference through every adapter', function () {
  this.timeout(60_000);
  let project: Project;
  let server: ChildProcessWithoutNullStreams;
  let url: string;
  let transcripts: string;

  const run = (folders: readonly string[], ...args: string[]): string => {
    const { stdout, stderr } = project.mdevct(['run', '--json', ...args, ...folders]);
    expect(stderr).to.equal('');
    return stdout;
  };
  const own = ['--suites', 'suites', '--golden', 'golden'];
  let direct: string;

  before(async () => {
    project = new Project();
    project.bless();
    project.edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    ({ url, server } = await serve());
    transcripts = join(project.dir, 'transcripts');
    direct = run(REAL, ...PATTERNS, ...PROFILES, '--save-transcripts', transcripts);
  });

  after(async () => {
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).to.deep.equal([0, null]);
    project.remove();
  });

  const adapters: Record<string, () => string> = {
    'exec:': () => EXEC,
    'http:': () => url,
    'module:': () => `module:${MODULE}`,
    'transcript:': () => `transcript:${transcripts}`,
  };
  for (const [name, adapter] of Object.entries(adapters)) {
    it(`scores the same through ${name}`, () => {
      const through = run(REAL, ...PATTERNS, ...PROFILES, '--adapter', adapter());
      expect(JSON.parse(direct)).to.have.nested.property('summary.ok', true);
      expect(JSON.parse(through)).to.have.property('adapter', adapter());
      expect(essence(through)).to.equal(essence(direct));
    });
  }

  it('fails the same', () => {
    const folder = join(project.dir, 'failing');
    const failing = run(own, ...PROFILES, '--save-transcripts', folder);
    expect(JSON.parse(failing)).to.have.nested.property('summary.ok', false);
    const others = [EXEC, url, `module:${MODULE}`, `transcript:${folder}`];
    for (const adapter of others) {
      expect(essence(run(own, ...PROFILES, '--adapter', adapter))).to.equal(essence(failing));
    }
  });

  it('gives the same with several at a time', () => {
    const args = [...PATTERNS, ...PROFILES, '--adapter', EXEC, '--jobs', '2'];
    expect(essence(run(REAL, ...args))).to.equal(essence(direct));
  });

  it('asks an implementation for its own profile, unless one is named', () => {
    const exec = `${EXEC} --profile linux-6.1`;
    const report = JSON.parse(run(own, '--adapter', exec)) as { areas: { profile: string }[] };
    expect(report.areas.map(({ profile }) => profile)).to.deep.equal(['linux-6.1']);
    expect(essence(run(own, '--adapter', 'reference:linux-6.1'))).to.equal(
      essence(run(own, '--adapter', exec)),
    );
  });

  it('runs what has a recording, and says of how much there is none', () => {
    const args = [...REAL, '--adapter', `transcript:${transcripts}`];
    const { stdout, status } = project.mdevct(['run', 'create-remove', ...args]);
    expect(stdout).to.match(/^not applicable: \d+ runs, for lack of a recording$/m);
    expect(status).to.equal(0);
  });

  it('saves recordings whole or not at all', () => {
    const folder = join(project.dir, 'new');
    const args = ['--save-transcripts', folder, ...own];
    const broken = project.mdevct(['run', '--adapter', `${EXEC} --profile nope`, ...args]);
    expect(broken.status).to.equal(2);
    expect(readdirSync(project.dir)).not.to.satisfy((names: string[]) =>
      names.some((name) => name.startsWith('new')),
    );
    project.write('taken/file', '');
    const taken = join(project.dir, 'taken');
    const { stderr, status } = project.mdevct(['run', '--save-transcripts', taken, ...own]);
    expect(stderr).to.match(/E_EXISTS .*taken is there already, and not empty/);
    expect(status).to.equal(2);
  });

  it('tells of a fault with the end of stderr, and goes on', () => {
    const fragile = `exec:exec ${NODE} "${FRAGILE}" 1 12`;
    const { stdout, status } = project.mdevct(['run', ...own, '--adapter', fragile]);
    expect(status).to.equal(1);
    expect(stdout).to.match(/the implementation failed.*: E_ADAPTER_[A-Z_]+ it /);
    expect(stdout).to.match(/the end of its stderr:\n +seed 1 dies at response \d+\n/);
    expect(stdout).to.match(/\d error \(2 cases, 2 runs/);
  });

  it('shows stderr of one that does not even say hello', () => {
    const exec = 'exec:echo no licence >&2; exit 7';
    const { stderr, status } = project.mdevct(['run', ...own, '--adapter', exec]);
    expect(stderr).to.equal('no licence\nmdevct: E_ADAPTER_EXIT it ended with status 7\n');
    expect(status).to.equal(2);
  });

  it('replays and compares, too', () => {
    const replayed = project.mdevct(['replay', transcripts, '--adapter', EXEC]);
    expect(replayed.stdout).to.match(/(\d+) files: L1 \1, L2 \1, L3 \1/);
    const sides = ['linux-6.1', 'linux-6.12', PATTERNS[0]!, ...REAL.slice(0, 2), '--json'];
    const through = project.mdevct(['compare', ...sides, '--adapter', EXEC]);
    expect(through.status).to.equal(0);
    expect(through).to.deep.equal(project.mdevct(['compare', ...sides]));
  });

  const refused: Record<string, [string[], RegExp]> = {
    'an adapter that there isn’t': [['--adapter', 'telnet:x'], /E_USAGE "telnet:x" is no adapter/],
    'a profile that it does not play': [
      ['--adapter', `module:${KIT}`, '--profile', 'linux-5.10'],
      /E_PROFILE the implementation doesn't play linux-5.10/,
    ],
    'a time limit of nothing': [['--timeout', '0'], /E_USAGE --timeout takes seconds/],
    'to isolate what has no processes': [['--isolate'], /E_USAGE --isolate is for exec: only/],
    'headers where there are none': [['--header', 'A: b'], /E_USAGE --header and --header-env are/],
    'a header without a value': [['--header', 'A'], /E_USAGE --header takes the name of a header/],
    'a secret that is not set': [
      ['--adapter', 'http://127.0.0.1:9/', '--header-env', 'A=NO_SUCH_VARIABLE'],
      /E_USAGE the environment has no NO_SUCH_VARIABLE, for the header A/,
    ],
    'another reference': [
      ['--adapter', 'reference:linux-9'],
      /E_PROFILE unknown profile "linux-9"/,
    ],
    'no recordings': [['--adapter', 'transcript:nowhere'], /E_TRANSCRIPT_UNREADABLE/],
    'recordings of scenarios': [
      ['--adapter', `transcript:${resolve('harness/replay/fixtures/accept')}`],
      /E_TRANSCRIPT_CASE .*: no recording here is of a case; mdevct/,
    ],
  };
  for (const [what, [args, sentence]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const { status, stderr, stdout } = project.mdevct(['run', ...args, ...own]);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(sentence);
    });
  }

  it('ends what it started when it is interrupted', async () => {
    const marker = join(project.dir, 'pid');
    const exec = `exec:echo $$ > "${marker}"; exec sleep 1000`;
    const harness = spawn(process.execPath, [MAIN, 'run', '--adapter', exec, ...own], {
      cwd: project.dir,
    });
    const pid = await pidIn(marker);
    harness.kill('SIGINT');
    expect(await once(harness, 'exit')).to.deep.equal([null, 'SIGINT']);
    await ended(pid);
  });
});
