import { expect } from 'chai';
import { selection, type Named } from './selection.js';

const CASES: Named[] = [
  { id: 'create-remove.errno', suite: 'create-remove/errors', area: 'create-remove' },
  { id: 'create-remove.order.up', suite: 'create-remove/order', area: 'create-remove' },
  { id: 'open-close.errno', suite: 'open-close/errors', area: 'open-close' },
];

const fitting = (patterns: string[], areas: string[] = []): string[] =>
  CASES.filter(selection(patterns, areas).fits).map(({ id }) => id);

describe('selection', () => {
  it('is everything without patterns and areas', () => {
    expect(fitting([])).to.have.length(3);
    expect(selection().select).to.deep.equal({});
  });

  for (const [pattern, ids] of [
    ['create-remove.errno', ['create-remove.errno']],
    ['*.errno', ['create-remove.errno', 'open-close.errno']],
    ['create-remove.*', ['create-remove.errno', 'create-remove.order.up']],
    ['create-remove', ['create-remove.errno', 'create-remove.order.up']],
    ['create-remove/order', ['create-remove.order.up']],
    ['*/errors', ['create-remove.errno', 'open-close.errno']],
    ['create', []],
  ] as const) {
    it(`${pattern} fits ${ids.join(', ') || 'nothing'}`, () => {
      expect(fitting([pattern])).to.deep.equal(ids);
    });
  }

  it('adds patterns up and narrows them by areas', () => {
    expect(fitting(['*.errno', 'create-remove'])).to.have.length(3);
    expect(fitting(['*.errno'], ['open-close'])).to.deep.equal(['open-close.errno']);
  });

  it('lets the loader read no more than needed', () => {
    const { select } = selection(
      ['open-close', 'create-remove/order', '*/x', 'a.b'],
      ['open-close'],
    );
    expect(select).to.deep.equal({
      areas: ['open-close'],
      cases: ['open-close.*', 'create-remove.*', '*', 'a.b'],
    });
  });

  it('names the patterns that fit nothing', () => {
    expect(selection(['*.errno', 'nothing.*']).unmatched(CASES)).to.deep.equal(['nothing.*']);
  });

  it('refuses an unknown area', () => {
    expect(() => selection([], ['create-remov']))
      .to.throw('create-remov is no area; did you mean create-remove?')
      .with.property('code', 'E_AREA');
  });
});
