import { expect } from 'chai';
import { progress } from './progress.js';

const planned = [{ profiles: ['old', 'new'] }, { profiles: ['old'] }];

describe('progress', () => {
  let time = 0;
  const shown: string[] = [];
  const spinner = {
    set text(value: string) {
      shown.push(value);
    },
    stop: () => shown.push('stopped'),
  };
  const clock = { now: () => time, start: async () => spinner };

  beforeEach(() => {
    time = 0;
    shown.length = 0;
  });

  it('shows nothing in the first second, then how far it is', async () => {
    const watch = progress({ interactive: true }, planned, clock);
    await watch.tick();
    time = 1001;
    await watch.tick();
    time = 1010;
    await watch.tick();
    watch.end();
    expect(shown).to.deep.equal(['2 of 3', 'stopped']);
  });

  it('shows nothing to nobody', async () => {
    const watch = progress({ interactive: false }, planned, clock);
    time = 5000;
    await watch.tick();
    watch.end();
    expect(shown).to.deep.equal([]);
  });

  it('ends quietly if it never began', () => {
    progress({ interactive: true }, planned).end();
    expect(shown).to.deep.equal([]);
  });
});
