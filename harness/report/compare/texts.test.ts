import { expect } from 'chai';
import { compared, traceOf } from '../../compare/testing/traces.js';
import { groupChanges } from '../../compare/group.js';
import { normaliser } from '../../compare/normalise.js';
import type { Comparison } from '../../compare/types.js';
import { report as human } from './human.js';
import { report as markdown } from './markdown.js';

const same = (text: string): string => text;
const colours = {
  red: same,
  green: same,
  dim: same,
  bold: same,
  yellow: same,
  cyan: same,
};
const page = { width: 100, colours };

function comparison(all: Comparison['compared'], more: Partial<Comparison> = {}): Comparison {
  return {
    profiles: ['old', 'new'],
    compared: all,
    groups: groupChanges(all, normaliser([])),
    only: [],
    unusable: [],
    ...more,
  };
}

describe('a comparison as text', () => {
  it('stays in bounds, and counts what had no room', () => {
    const many = Array.from({ length: 400 }, (_, at) => {
      const message = `${'x'.repeat(at + 1)} is too long`;
      return compared(traceOf([]), traceOf([`log <6> ${message}`]), `a.case-${at}`);
    });
    const text = markdown({ comparison: comparison(many), requirements: [] }, page);
    expect(text.length).to.be.below(65_536);
    expect(text).to.match(/\n\d+ more changes left out for length; --json tells of all\.\n$/);
    expect(text.match(/^```/gm)!.length % 2).to.equal(0);
  });

  it('is not closed by a fence in a trace', () => {
    const all = [compared(traceOf([]), traceOf(['log <6> ```']))];
    const text = markdown({ comparison: comparison(all), requirements: [] }, page);
    expect(text).to.contain("`log <6> ''' is new`\n");
    expect(text).to.contain('\n+ main   log <6> ```\n');
  });

  it('says so if no case holds for both', () => {
    const told = { comparison: comparison([]), requirements: [] };
    expect(human(told, page)).to.match(/^old → new: no case holds for both\n/);
  });

  it('names cases that could not be run', () => {
    const [one] = [compared(traceOf([]), traceOf([]))];
    const fault = { code: 'E_MODEL', message: 'a count below zero' };
    const unusable = [{ case: one.case, profile: 'new', fault }];
    const told = { comparison: comparison([], { unusable }), requirements: [] };
    for (const report of [human, markdown]) {
      expect(report(told, page)).to.contain('in new').and.contain('E_MODEL a count below zero');
    }
  });
});
