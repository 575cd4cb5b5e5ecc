import { expect } from 'chai';
import { called } from './canary.js';

describe('the coverage canary', () => {
  it('sings', () => {
    expect(called()).to.equal('sings');
  });
});
