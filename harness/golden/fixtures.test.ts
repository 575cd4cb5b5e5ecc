import { expect } from 'chai';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { caseIdOfFixture, codeOf } from './testing/fixtures.js';
import { goldenPath } from './case-id.js';
import { parseGolden } from './parse.js';
import { serialiseGolden } from './serialise.js';
import { GoldenStore } from './store.js';

// Fixtures are not compiled: they are read beside the sources, from the root of the project.
const FIXTURES = resolve('harness/golden/fixtures');

describe('golden fixtures', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'golden-'))));
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Loads a fixture from where its case has its golden. */
  function load(file: string, caseId: string): void {
    const place = join(root, goldenPath(caseId));
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(file, place);
    new GoldenStore(root).load(caseId);
  }

  for (const name of readdirSync(join(FIXTURES, 'accept'))) {
    it(`accepts ${name}`, () => {
      const file = join(FIXTURES, 'accept', name);
      load(file, name.replace('.trace', ''));
      const text = readFileSync(file, 'utf8');
      expect(serialiseGolden(parseGolden(text, name))).to.equal(text);
    });
  }

  for (const name of readdirSync(join(FIXTURES, 'reject'))) {
    it(`rejects ${name}`, () => {
      const file = join(FIXTURES, 'reject', name);
      const caseId = caseIdOfFixture(readFileSync(file, 'utf8'), name);
      expect(() => {
        load(file, caseId);
      })
        .to.throw(/\.trace:\d+: ./)
        .with.property('code', codeOf(name));
    });
  }
});
