import { expect } from 'chai';
import fc from 'fast-check';
import { CASES, ROWS, idsIn, keepItems } from './cut.js';

const TEXT = `suite: a/b
cases:
  - id: a.one
    title: One
    # - id: a.no
  # about two
  - id: 'a.two'
    title: >
      Two
  - title: Three
    id: a.three
`;

describe('cutting cases', () => {
  it('blanks what is not wanted, and keeps what is written otherwise', () => {
    const lines = TEXT.split('\n');
    const cut = keepItems(TEXT, CASES, (id) => id === 'a.two')!.split('\n');
    expect(cut.length).to.equal(lines.length);
    expect(cut.slice(2, 6)).to.deep.equal(['', '', '', '']);
    expect(cut.slice(6)).to.deep.equal(lines.slice(6));
  });

  it('answers nothing where nothing is wanted', () => {
    expect(keepItems('cases:\n  - id: a.one\n', CASES, () => false)).to.equal(undefined);
    expect(keepItems('- id: X-01\n', ROWS, () => false)).to.equal(undefined);
    expect(keepItems(TEXT, CASES, () => false)).to.include('Three');
  });

  it('finds the ids', () => {
    expect(idsIn(TEXT, CASES)).to.deep.equal(['a.one', 'a.two']);
  });

  it('property: wanting everything changes nothing', () => {
    const line = fc.constantFrom('  - id: a.x', '    y: 1', '', '# z', 'cases:', '- id: B-01');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        expect(keepItems(text, CASES, () => true)).to.equal(text);
        expect(keepItems(text, ROWS, () => true)).to.equal(text);
      }),
    );
  });
});
