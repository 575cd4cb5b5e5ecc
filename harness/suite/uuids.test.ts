import { expect } from 'chai';
import fc from 'fast-check';
import { LETTERS, UUIDS, collectLetters, nearMiss, substitute, withLetters } from './uuids.js';

const anyLetter = fc.constantFrom(...LETTERS);

describe('uuids of letters', () => {
  it('are 26 distinct uuids in lower case that sort as their letters do', () => {
    const uuids = Object.values(UUIDS);
    expect(new Set(uuids).size).to.equal(26);
    expect([...uuids].sort()).to.deep.equal(uuids);
    for (const uuid of uuids) expect(uuid).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('differ from their upper-case form', () => {
    for (const uuid of Object.values(UUIDS)) expect(uuid.toUpperCase()).not.to.equal(uuid);
  });

  it('replace {A} and {A^}, and nothing else', () => {
    const uuid = UUIDS.A!;
    expect(substitute('/x/{A}Z')).to.equal(`/x/${uuid}Z`);
    expect(substitute('{A^}')).to.equal(uuid.toUpperCase());
    expect(substitute('{{A}}')).to.equal(`{${uuid}}`);
    expect(substitute('A {AB} {a} {1}')).to.equal('A {AB} {a} {1}');
  });

  it('a near miss is found', () => {
    expect(nearMiss('/x/{a}')).to.equal('{a}');
    expect(nearMiss('{A:upper}')).to.equal('{A:upper}');
    expect(nearMiss('{A}{B^}{word}')).to.equal(undefined);
  });

  it('property: letters come back from texts with placeholders', () => {
    const plain = fc.string({ unit: fc.constantFrom('/', 'x', '-', ' ') });
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, anyLetter)), (parts) => {
        const written = parts.map(([text, letter]) => `${text}{${letter}}`).join('');
        const shown = parts.map(([text, letter]) => `${text}${letter}`).join('');
        expect(withLetters(substitute(written))).to.equal(shown);
        const found = new Set<string>();
        collectLetters(substitute(written), found);
        expect(found).to.deep.equal(new Set(parts.map(([, letter]) => letter)));
      }),
    );
  });
});
