/** The command line itself: usage, help, errors of the user's, pipes that close. */
import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { COMMANDS } from './commands.js';
import { MAIN, SUITE_FILE, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.duplicate';

describe('mdevct', () => {
  const project = useProject();

  it('prints help on stderr and exits 2 without a command', () => {
    const { status, stdout, stderr } = project().mdevct([]);
    expect([status, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.contain('Usage: mdevct');
  });

  it('prints its version', () => {
    const { status, stdout } = project().mdevct(['--version']);
    expect(status).to.equal(0);
    expect(stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  for (const { name } of COMMANDS) {
    it(`${name} --help has examples`, () => {
      const { status, stdout } = project().mdevct([name, '--help']);
      expect(status).to.equal(0);
      expect(stdout).to.contain(`Usage: mdevct ${name}`);
      expect(stdout).to.contain(`$ mdevct ${name}`);
    });
  }

  it('gives examples with cases that there are', () => {
    const { stdout } = project().mdevct(['list', '--json']);
    const { cases } = JSON.parse(stdout) as { cases: { id: string }[] };
    const ids = cases.map(({ id }) => id);
    const named = COMMANDS.flatMap(({ name }) =>
      Array.from(
        project()
          .mdevct([name, '--help'])
          .stdout.matchAll(/ ([a-z-]+\.[a-z0-9-]+)(?= |$)/gm),
        ([, id]) => id!,
      ),
    ).filter((id) => !/\.(ndjson|md|yaml)$/.test(id));
    expect(named).not.to.deep.equal([]);
    expect(ids).to.include.members(named);
  });

  it('help shows the help of a command', () => {
    expect(project().mdevct(['help', 'run']).stdout).to.contain('--jobs');
  });

  for (const [args, message] of [
    [['rnu'], /^E_USAGE unknown command 'rnu'; Did you mean run\?$/],
    [['help', 'rnu'], /^E_USAGE unknown command 'rnu'; Did you mean run\?$/],
    [['run', '--golden', ''], /^E_USAGE option '--golden <dir>' needs the name of a folder$/],
    [['run', '--suites='], /^E_USAGE option '--suites <dir>' needs the name of a folder$/],
    [
      ['run', '*'.repeat(70_000)],
      /^E_PATTERN a pattern has at most 4096 characters, \*{20}… has 70000$/,
    ],
    [['run', '--jsno'], /^E_USAGE unknown option '--jsno'; Did you mean --json\?$/],
    [['run', '--jobs', '0'], /^E_USAGE --jobs takes a number from 1 to 999, not 0$/],
    [
      ['run', '--profile', 'linux-6.11'],
      /^E_PROFILE linux-6\.11 is no known profile; did you mean /,
    ],
    [['run', '--area', 'nowhere'], /^E_AREA nowhere is no area; it is one of registration, /],
    [
      ['run', `${CASE}s`],
      /^E_PATTERN no case fits create-remove\.duplicates; did you mean create-remove\.duplicate\?$/,
    ],
    [['run', 'zzz'], /^E_PATTERN no case fits zzz; mdevct list shows all cases$/],
    [['run', '--area', 'kconfig'], /^E_NOTHING no case is selected in kconfig$/],
    [['show'], /^E_USAGE missing required argument 'case'$/],
    [['show', 'create-remove'], /^E_USAGE create-remove is more than one case; /],
  ] as const) {
    it(`refuses ${args.join(' ').slice(0, 60)}`, () => {
      const folders =
        args.length > 1 && args[0] !== 'help' ? ['--suites', 'suites', '--golden', 'golden'] : [];
      const { status, stdout, stderr } = project().mdevct([...args, ...folders]);
      expect(status).to.equal(2);
      expect(stdout).to.equal('');
      expect(stderr).to.match(/^mdevct: .*\n$/);
      expect(stderr.slice('mdevct: '.length, -1)).to.match(message);
    });
  }

  it('tells of all suite errors, runs nothing, and exits 2', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EEXISTS');
    project().edit(SUITE_FILE, 'schema: 1', 'schema: 2');
    const { status, stdout, stderr } = project().run('run');
    expect([status, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.contain(`${SUITE_FILE}:2:9 E_SUITE_VALUE`);
    expect(stderr).to.contain(`${SUITE_FILE}:22:17 E_SUITE_ERRNO`);
    expect(stderr).to.match(/\nmdevct: E_SUITE 2 errors in 1 file; nothing was run\n$/);
  });

  for (const [what, content, code] of [
    ['conflict markers', '<<<<<<< ours\nsuite: x\n', 'E_SUITE_CONFLICT'],
    ['tabs', 'suite:\n\tx\n', 'E_SUITE_TAB'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff, 0x0a]), 'E_SUITE_UTF8'],
    ['an alias that explodes', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', 'E_SUITE_ALIAS'],
    ['too many bytes', Buffer.alloc(2_000_000, 0x20), 'E_SUITE_TOO_LARGE'],
    ['nothing', '', 'E_SUITE_EMPTY'],
  ] as const) {
    it(`refuses a suite file of ${what}`, () => {
      project().write(SUITE_FILE, content);
      const { status, stderr } = project().run('run');
      expect(status).to.equal(2);
      expect(stderr).to.contain(code);
      expect(stderr).not.to.match(/\n {4}at /);
    });
  }

  it('refuses suites that are not there', () => {
    const { status, stderr } = project().mdevct(['run', '--suites', 'nowhere']);
    expect(status).to.equal(2);
    expect(stderr).to.contain('nowhere E_SUITE_UNREADABLE');
  });

  it('does not mind if nobody reads on', async () => {
    const child = spawn(process.execPath, [MAIN, 'list', '--suites', `${project().dir}/suites`]);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, 'exit')) as [number];
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
  });

  it('says in a sentence that a full disk has no room for the result', function () {
    if (!existsSync('/dev/full')) return this.skip();
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'profiles'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).to.equal(2);
    expect(stderr).to.match(/^mdevct: E_OUTPUT the result could not be written: ENOSPC.*\n$/);
  });
});
