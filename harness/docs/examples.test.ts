import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { examplesOf, firstMissing, programOf, wordsOf } from './examples.js';
import { documents, printer } from './documents.js';
import { installed, lacking } from './installed.js';

/** What takes longest is a comparison of two eras in all that the suite has. */
const TIMEOUT = 120_000;

describe('the documentation', () => {
  const print = printer();
  const examples = documents()
    .flatMap((file) => examplesOf(readFileSync(file, 'utf8'), file))
    .map((example) => ({ ...example, lacks: lacking(example.command) }));
  before(() => {
    for (const { command, lacks } of examples) {
      if (lacks === undefined) print(command).catch(() => undefined);
    }
  });

  for (const { at, command, output, lacks } of examples) {
    if (lacks !== undefined) {
      // a test without a function is shown as pending
      it(`${at}: ${command} (not run: there is no ${lacks} here)`);
      continue;
    }
    it(`${at}: ${command}; if not: npm run docs`, async () => {
      const printed = await print(command);
      expect(firstMissing(output, printed), printed).to.equal(undefined);
    }).timeout(TIMEOUT);
  }

  it('finds commands and their output', () => {
    const text = 'a\n```console\n$ mdevct x "y z"\nout\n…\n$ mdevct\n```\n```sh\n$ no\n```\n';
    expect(examplesOf(text, 'f')).to.deep.equal([
      { at: 'f:3', from: 3, command: 'mdevct x "y z"', output: ['out', '…'] },
      { at: 'f:6', from: 6, command: 'mdevct', output: [] },
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
