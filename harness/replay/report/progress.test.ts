import { expect } from 'chai';
import { Progress } from './progress.js';

describe('progress', () => {
  let time = 0;
  let written: string[] = [];
  const start = (interactive: boolean): Progress => {
    time = 0;
    written = [];
    return new Progress({ interactive, err: (text) => written.push(text) }, 3, () => time);
  };

  it('is silent in the first second, then says how far it is, and leaves nothing behind', () => {
    const progress = start(true);
    progress.tick();
    progress.clear();
    expect(written).to.deep.equal([]);
    time = 1000;
    progress.tick();
    time = 1001;
    progress.tick();
    progress.clear();
    progress.clear();
    expect(written).to.deep.equal(['\r\u001b[K2 of 3', '\r\u001b[K']);
  });

  it('is silent where nobody watches', () => {
    const progress = start(false);
    time = 5000;
    progress.tick();
    progress.clear();
    expect(written).to.deep.equal([]);
  });
});
