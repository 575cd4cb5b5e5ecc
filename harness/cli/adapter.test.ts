import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LANGUAGES, type LanguageName } from './languages.js';
import { ROOT } from './root.js';
import { MAIN, useProject } from './testing/mdevct.js';

/** Whether a program is here at all. */
const has = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** How each example is made to run here, without a network. */
const MADE: Readonly<Record<LanguageName, { needs: string; build?: string[]; run: string }>> = {
  python: { needs: 'python3', run: 'python3 adapter.py' },
  typescript: {
    needs: process.execPath,
    build: [
      process.execPath,
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '--typeRoots',
      join(ROOT, 'node_modules/@types'),
    ],
    run: `"${process.execPath}" adapter.js`,
  },
  c: { needs: 'cc', build: ['make', '-s', 'CC=cc'], run: './adapter' },
  go: { needs: 'go', build: ['go', 'build'], run: './adapter' },
};

describe('mdevct adapter', () => {
  const project = useProject();
  const adapter = (...args: string[]) => project().mdevct(['adapter', ...args]);

  it('finds nothing in the reference, offered by serve', () => {
    const served = `exec:"${process.execPath}" "${MAIN}" serve --stdio`;
    const { status, stdout } = adapter('check', served);
    expect(stdout).to.match(/\n18 checks passed, 0 failed, 0 pieces of advice\n$/);
    expect(status).to.equal(0);
  });

  it('tells of what does not even start', () => {
    const { status, stdout } = adapter('check', 'exec:exit 3');
    expect(status).to.equal(1);
    expect(stdout).to.match(/^✖ handshake: MUST: .*\n {2}sent {4}hello .*\n {2}came {4}E_ADAPTER_/);
    expect(stdout).to.contain('0 checks passed, 1 failed');
  });

  it('tells scripts the same', () => {
    const { status, stdout } = adapter('check', 'exec:exit 3', '--json');
    const { ok, results } = JSON.parse(stdout);
    expect([status, ok]).to.deep.equal([1, false]);
    expect(results[0]).to.include({ id: 'handshake', kind: 'finding', level: 'MUST' });
  });

  it('tells nobody what follows the path of a URL', () => {
    const { stdout } = adapter('check', 'http://127.0.0.1:1/rpc?key=hush', '--json');
    expect(JSON.parse(stdout)).to.have.property('adapter', 'http://127.0.0.1:1/rpc');
    expect(stdout).not.to.contain('hush');
  });

  for (const lang of Object.keys(LANGUAGES) as LanguageName[]) {
    it(`writes a beginning in ${lang} that passes what it claims`, function () {
      this.timeout(60_000);
      const { needs, build, run } = MADE[lang];
      if (!has(needs)) this.skip();
      expect(adapter('new', 'mine', '--lang', lang).stdout).to.contain('written to mine\nnext: cd');
      const cwd = join(project().dir, 'mine');
      if (build) execFileSync(build[0]!, build.slice(1), { cwd });
      const { status, stdout } = adapter('check', `exec:cd mine && ${run}`);
      expect(stdout).to.match(/checks passed, 0 failed/);
      expect(status).to.equal(0);
    });
  }

  it('overwrites nothing', () => {
    project().write('mine/notes.txt', 'mine');
    const before = project().snapshot();
    const { status, stderr } = adapter('new', 'mine', '--lang', 'python');
    expect([status, stderr]).to.deep.equal([
      2,
      'mdevct: E_FOLDER mine is not empty; name a new folder\n',
    ]);
    expect(project().snapshot()).to.deep.equal(before);
  });

  it('leaves nothing behind where it can’t write', () => {
    project().write('file', '');
    const { status, stderr } = adapter('new', 'file/mine', '--lang', 'python');
    expect(status).to.equal(2);
    expect(stderr).to.match(/^mdevct: E_FOLDER file\/mine cannot be written: /);
    expect(readdirSync(project().dir).sort()).to.deep.equal(['file', 'suites']);
  });

  it('wants a language that it knows', () => {
    expect(adapter('new', 'mine', '--lang', 'cobol').stderr).to.match(
      /E_USAGE .*cobol.* is invalid/,
    );
  });
});
