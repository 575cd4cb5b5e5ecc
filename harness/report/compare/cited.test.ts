import { expect } from 'chai';
import type { Group } from '../../compare/types.js';
import type { Requirement } from '../../suite/compiled.js';
import { caseOf } from '../../run/testing/fixtures.js';
import { concerned } from './cited.js';

const requirement = (id: string): Requirement => ({
  id,
  text: id,
  level: 'MUST',
  reference: 'a test',
  source: { file: 'requirements.yaml', line: 1, column: 1 },
});

describe('what a change concerns', () => {
  it('is what the shown case proves, and behind it what most others do', () => {
    const cases = [['A'], ['B'], ['C', 'A'], ['C']].map((because, at) =>
      caseOf([], { id: `a.case-${at}`, because }),
    );
    const example = { case: cases[0]!, rows: [], changes: [] };
    const group: Group = { kind: 'log', example, change: { kind: 'log', rows: [] }, cases };
    const { shown, others } = concerned(group, ['A', 'B', 'C', 'D'].map(requirement));
    expect(shown.map(({ id }) => id)).to.deep.equal(['A']);
    expect(others).to.deep.equal(['C', 'B']);
  });
});
