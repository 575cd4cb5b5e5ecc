import { expect } from 'chai';
import { selector } from './select.js';

describe('selection', () => {
  it('is everything by default', () => {
    const all = selector();
    expect([all.everything, all.area('x'), all.text(''), all.case('x.y')]).to.deep.equal(
      Array(4).fill(true),
    );
  });

  it('of a case looks only into its area, and only into texts with its id', () => {
    const one = selector({ cases: ['open-close.twice'] });
    expect(one.area('open-close')).to.equal(true);
    expect(one.area('open')).to.equal(false);
    expect(one.text('id: open-close.twice')).to.equal(true);
    expect(one.text('id: open-close.once')).to.equal(false);
    expect(one.case('open-close.twice')).to.equal(true);
    expect(one.case('open-close.twice-more')).to.equal(false);
  });

  it('takes globs; their literal start names the area where it can', () => {
    const glob = selector({ cases: ['open-close.t*', 'pro*.errno-*'] });
    expect(glob.area('open-close')).to.equal(true);
    expect(glob.area('probe-failure')).to.equal(true);
    expect(glob.area('kconfig')).to.equal(false);
    expect(glob.case('open-close.twice')).to.equal(true);
    expect(glob.case('probe-failure.errno-12')).to.equal(true);
    expect(glob.case('open-close.once')).to.equal(false);
  });

  it('tells which patterns fitted nothing', () => {
    const some = selector({ cases: ['a.x', 'a.y*'] });
    some.found('a.x');
    expect(some.unmatched()).to.deep.equal(['a.y*']);
  });
});
