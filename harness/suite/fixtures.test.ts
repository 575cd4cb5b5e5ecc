import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { SUITE_CODES } from './codes.js';
import { renderSuiteError } from './errors.js';
import { loadSuites } from './load.js';
import { WORLD } from './testing.js';

const FIXTURES = 'harness/suite/fixtures';
const rejected = readdirSync(join(FIXTURES, 'reject')).sort();

/** Codes of files too large or too odd to be kept, see load.test.ts, and of files of another kind. */
const MADE_ELSEWHERE = [
  'E_SUITE_TOO_LARGE',
  'E_SUITE_NESTING',
  'E_SUITE_TOO_MANY',
  'E_SUITE_DUPLICATE_KNOWN',
];

describe('suite files that are accepted', () => {
  for (const name of readdirSync(join(FIXTURES, 'accept'))) {
    it(name, async () => {
      const { errors, cases } = await loadSuites(join(FIXTURES, 'accept', name), WORLD);
      expect(errors.map(renderSuiteError)).to.deep.equal([]);
      expect(cases).not.to.be.empty;
    });
  }
});

describe('suite files that are rejected', () => {
  for (const name of rejected) {
    it(name, async () => {
      const dir = join(FIXTURES, 'reject', name);
      const { errors } = await loadSuites(dir, WORLD);
      const places = errors.map(
        ({ code, file, line, column }) => `${relative(dir, file)}:${line}:${column} ${code}`,
      );
      const expected = readFileSync(join(dir, 'expected'), 'utf8').trim().split('\n');
      expect(places, errors.map(renderSuiteError).join('\n')).to.deep.equal(expected);
      expect(places.some((place) => place.endsWith(name.split('-')[0]!))).to.equal(true);
    });
  }

  it('every code has a fixture', () => {
    const shown = new Set([...rejected.map((name) => name.split('-')[0]), ...MADE_ELSEWHERE]);
    expect(Object.keys(SUITE_CODES).filter((code) => !shown.has(code))).to.deep.equal([]);
  });
});
