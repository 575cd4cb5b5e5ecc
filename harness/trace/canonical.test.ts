import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalise, expand } from './canonical.js';
import { placeholders, type Uuids } from './placeholders.js';
import { trace } from './testing/arbitrary.js';

const A = '83b8f4f2-509f-382f-3c1e-e6bfe0fa1001';
const B = '93b8f4f2-509f-382f-3c1e-e6bfe0fa1002';
const uuids = { A, B };
const { toLetters, toUuids } = placeholders(uuids);

describe('placeholders', () => {
  const examples: Record<string, [string, string]> = {
    'a uuid': [A, 'A'],
    'a uuid in a path': [`/sys/x/${A}/y`, '/sys/x/A/y'],
    'a uuid in a message': [`mtty ${B}: gone`, 'mtty B: gone'],
    'upper-case digits': [A.toUpperCase(), '{A^}'],
    'a uuid that clings to a word': [`${A}xyz`, '{A}xyz'],
    'two uuids without anything between': [A + B, '{A}{B}'],
    'a uuid in braces': [`{${A}}`, '{{A}}'],
    'a uuid after a backslash': [`\\${A}`, '\\{A}'],
    'a literal letter': ['type A of B', 'type \\A of \\B'],
    'a literal that looks escaped': ['\\A', '\\\\A'],
    'a letter beside a uuid': [`A${A}A`, '\\A{A}\\A'],
    'letters in words': ['ABBA A_', 'ABBA A_'],
    'a uuid of nobody': [A.replace('8', '7'), A.replace('8', '7')],
    'a letter of nobody': ['C', 'C'],
  };
  for (const [what, [plain, written]] of Object.entries(examples)) {
    it(`write ${what}`, () => {
      expect(toLetters(plain)).to.equal(written);
      expect(toUuids(written)).to.equal(plain);
    });
  }

  it('can always be read back', () => {
    const piece = fc.constantFrom(
      A,
      B,
      A.toUpperCase(),
      'A',
      'B',
      '\\',
      '{',
      '}',
      ':upper',
      ' ',
      'x',
      A.slice(9),
    );
    const text = fc.array(piece).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (t) => {
        expect(toUuids(toLetters(t))).to.equal(t);
      }),
      { numRuns: 5000 },
    );
  });

  it('refuse a map that is ambiguous or of another form', () => {
    const bad: Uuids[] = [{ a: A }, { A: 'x' }, { A: A.toUpperCase() }, { A, B: A }];
    for (const map of bad) {
      expect(() => placeholders(map))
        .to.throw()
        .with.property('code', 'E_PLACEHOLDER');
    }
  });
});

describe('canonicalise', () => {
  it('is undone by expand, for any trace', () => {
    fc.assert(
      fc.property(trace, (t) => {
        expect(expand(canonicalise(t, uuids), uuids)).to.deep.equal(t);
      }),
    );
  });

  it('changes nothing without uuids', () => {
    fc.assert(
      fc.property(trace, (t) => {
        expect(canonicalise(t, {})).to.deep.equal(t);
      }),
    );
  });
});
