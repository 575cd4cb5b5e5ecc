import { expect } from 'chai';
import { didYouMean, nearest } from './suggest.js';

describe('did you mean', () => {
  it('finds the nearest word', () => {
    expect(nearest('craete', ['remove', 'create', 'rate'])).to.equal('create');
    expect(nearest('ENOETN', ['ENOENT', 'ENODEV'])).to.equal('ENOENT');
  });

  it('finds nothing where nothing is near', () => {
    expect(nearest('frobnicate', ['create', 'remove'])).to.equal(undefined);
  });

  it('lists a short vocabulary instead', () => {
    expect(didYouMean('frobnicate', ['create', 'remove'])).to.equal('it is one of create, remove');
    expect(didYouMean('frobnicate', ['create', 'remove'], 1)).to.equal(undefined);
  });
});
