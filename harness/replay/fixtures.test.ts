import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTranscript } from './read.js';

// Fixtures are not compiled: they are read beside the sources, from the root of the project.
const FIXTURES = resolve('harness/replay/fixtures');

describe('transcript fixtures', () => {
  for (const name of readdirSync(join(FIXTURES, 'accept'))) {
    it(`accepts ${name}`, () => {
      const { calls } = readTranscript(join(FIXTURES, 'accept', name));
      expect(calls).not.to.be.empty;
    });
  }

  for (const name of readdirSync(join(FIXTURES, 'reject'))) {
    it(`rejects ${name}`, () => {
      const code = name.slice(0, name.indexOf('-'));
      expect(() => readTranscript(join(FIXTURES, 'reject', name)))
        .to.throw(/\.ndjson:\d+: ./)
        .with.property('code', code);
    });
  }
});
