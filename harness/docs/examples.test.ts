import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { examplesOf, firstMissing, wordsOf } from './examples.js';

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

  it('compares line by line, but for times and what is left out', () => {
    expect(firstMissing(['a', '2 in 0.1 s'], 'a\n2 in 3.45 s\n')).to.equal(undefined);
    expect(firstMissing(['a', '…', 'c'], 'a\nb\nb\nc')).to.equal(undefined);
    expect(firstMissing(['a', 'c'], 'a\nb')).to.equal('c');
    expect(firstMissing(['a'], 'a\nb')).to.contain('went on: b');
  });
});
