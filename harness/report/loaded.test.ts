import { expect } from 'chai';
import { loadedText } from './loaded.js';

const loaded = [
  { module: 'mdev' },
  { module: 'vfio_mdev', only: ['old', 'older'] as never },
  { module: 'mscript', params: 'max_inst=1' },
];

describe('the modules that a case finds loaded, as text', () => {
  it('says in which eras one is there, if not in all', () => {
    expect(loadedText({ loaded })).to.equal('mdev, vfio_mdev (old, older), mscript max_inst=1');
  });

  it('speaks only of the eras in which the case was run', () => {
    expect(loadedText({ loaded }, ['new'])).to.equal('mdev, mscript max_inst=1');
    expect(loadedText({ loaded }, ['old'])).to.equal('mdev, vfio_mdev, mscript max_inst=1');
    expect(loadedText({ loaded }, ['old', 'new'])).to.equal(
      'mdev, vfio_mdev (old), mscript max_inst=1',
    );
  });
});
