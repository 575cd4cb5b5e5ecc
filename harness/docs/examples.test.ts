import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { examplesOf, firstMissing, wordsOf } from './examples.js';
import { documents, printedBy } from './documents.js';

describe('the documentation', () => {
  for (const file of documents()) {
    for (const { at, command, output } of examplesOf(readFileSync(file, 'utf8'), file)) {
      it(`${at}: ${command}; if not: npm run docs`, async () => {
        const printed = await printedBy(command);
        expect(firstMissing(output, printed), printed).to.equal(undefined);
      }).timeout(30_000);
    }
  }

  it('finds commands and their output', () => {
    const text = 'a\n```console\n$ mdevct x "y z"\nout\n…\n$ mdevct\n```\n```sh\n$ no\n```\n';
    expect(examplesOf(text, 'f')).to.deep.equal([
      { at: 'f:3', from: 3, command: 'mdevct x "y z"', output: ['out', '…'] },
      { at: 'f:6', from: 6, command: 'mdevct', output: [] },
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
