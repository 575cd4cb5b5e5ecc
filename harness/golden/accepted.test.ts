import { expect } from 'chai';
import fc from 'fast-check';
import { acceptedGolden } from './accepted.js';
import { digestOfText } from './behaviours.js';
import { isReviewed, parseGolden } from './document.js';

const CASE = 'area.topic';
const BEHAVIOURS = [
  'profiles linux-6.1',
  '  main > read /a',
  '  main < read = 0',
  '',
  'profiles linux-6.12 next',
  '  main > read /a',
  '  main < read = EIO',
  '',
].join('\n');

/** A whole golden file; its digest is right whatever the behaviours look like. */
function file(behaviours: string, between = '\n'): string {
  const review = `review ${digestOfText(behaviours)} create 2026-11-21 read against a kernel`;
  return `case ${CASE}\n\n${behaviours}${between}${review}\n`;
}

/** What the long way says: the golden if it is sound and reviewed. */
function longWay(text: string) {
  try {
    const document = parseGolden(text, 'file');
    return isReviewed(document) && document.caseId === CASE ? document : undefined;
  } catch {
    return undefined;
  }
}

describe('acceptedGolden', () => {
  it('reads what was accepted as parseGolden does', () => {
    const text = file(BEHAVIOURS);
    expect(acceptedGolden(text, CASE)).to.deep.equal(parseGolden(text, 'file'));
  });

  it('leaves every other file to the long way, right digest or not', () => {
    expect(acceptedGolden(file(BEHAVIOURS).replace('EIO', 'EPERM'), CASE)).to.equal(undefined);
    expect(acceptedGolden(file(BEHAVIOURS), 'area.other')).to.equal(undefined);
    expect(acceptedGolden(file(BEHAVIOURS.replace('linux-6.1\n', 'next\n')), CASE)).to.equal(
      undefined,
    );
    expect(acceptedGolden(file(BEHAVIOURS.replace('  main <', 'main <')), CASE)).to.equal(
      undefined,
    );
    expect(acceptedGolden(file(BEHAVIOURS, '\n\n'), CASE)).to.equal(undefined);
    expect(acceptedGolden('', CASE)).to.equal(undefined);
  });

  it('never takes what the long way refuses', () => {
    const pieces = [
      '\n',
      ' ',
      '  ',
      '\n\n',
      '\r\n',
      'x',
      'profiles ',
      'profiles next\n',
      'review ',
      '\t',
    ];
    const edit = fc.record({
      at: fc.nat(200),
      cut: fc.nat(3),
      put: fc.constantFrom('', ...pieces),
    });
    const apply = (
      text: string,
      { at, cut, put }: { at: number; cut: number; put: string },
    ): string => text.slice(0, at) + put + text.slice(at + cut);
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), fc.boolean(), (edits, signed) => {
        const text = signed
          ? file(edits.reduce(apply, BEHAVIOURS))
          : edits.reduce(apply, file(BEHAVIOURS));
        const quick = acceptedGolden(text, CASE);
        if (quick !== undefined) expect(quick).to.deep.equal(longWay(text));
      }),
      { numRuns: 5000 },
    );
  });
});
