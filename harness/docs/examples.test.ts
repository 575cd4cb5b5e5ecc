import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { examplesOf, firstMissing, programOf, wordsOf } from './examples.js';
import { installed } from './installed.js';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

const files = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Runs `mdevct …` as the reader would, without colours. */
function run(command: string): string {
  const [program, ...args] = wordsOf(command);
  expect(program, `only mdevct is run here: ${command}`).to.equal('mdevct');
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  return stdout + stderr;
}

describe('the documentation', () => {
  for (const file of files) {
    for (const { at, command, output } of examplesOf(readFileSync(file, 'utf8'), file)) {
      const program = programOf(command);
      if (program !== undefined && !installed(program)) {
        // a test without a function is shown as pending
        it(`${at}: ${command} (not run: there is no ${program} here)`);
        continue;
      }
      it(`${at}: ${command}`, () => {
        const printed = run(command);
        expect(firstMissing(output, printed), printed).to.equal(undefined);
      }).timeout(30_000);
    }
  }

  it('finds commands and their output', () => {
    const text = 'a\n```console\n$ mdevct x "y z"\nout\n…\n$ mdevct\n```\n```sh\n$ no\n```\n';
    expect(examplesOf(text, 'f')).to.deep.equal([
      { at: 'f:3', command: 'mdevct x "y z"', output: ['out', '…'] },
      { at: 'f:6', command: 'mdevct', output: [] },
    ]);
    expect(wordsOf('mdevct x "y z"')).to.deep.equal(['mdevct', 'x', 'y z']);
  });

  it('knows which program a command starts', () => {
    expect(programOf('mdevct run --adapter "exec:python3 a.py"')).to.equal('python3');
    expect(programOf('mdevct run --adapter http://localhost/')).to.equal(undefined);
    expect(installed(process.execPath)).to.equal(true);
    expect(installed('no-such-program')).to.equal(false);
  });

  it('compares line by line, but for times, places in suites and what is left out', () => {
    expect(firstMissing(['at a.yaml:1:2'], 'at a.yaml:30:4')).to.equal(undefined);
    expect(firstMissing(['a', '2 in 0.1 s'], 'a\n2 in 3.45 s\n')).to.equal(undefined);
    expect(firstMissing(['a', '…', 'c'], 'a\nb\nb\nc')).to.equal(undefined);
    expect(firstMissing(['a', 'c'], 'a\nb')).to.equal('c');
    expect(firstMissing(['a'], 'a\nb')).to.contain('went on: b');
  });
});
