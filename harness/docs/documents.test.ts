import { expect } from 'chai';
import { printer } from './documents.js';

describe('printer', () => {
  it('runs each command once, and no more at a time than it may', async () => {
    const started: string[] = [];
    const ends: (() => void)[] = [];
    const print = printer(async (command) => {
      started.push(command);
      await new Promise<void>((resolve) => ends.push(resolve));
      return `${command}!`;
    }, 2);
    const all = ['a', 'b', 'a', 'c'].map(print);
    await Promise.resolve();
    await Promise.resolve();
    expect(started).to.deep.equal(['a', 'b']);
    while (started.length < 3 || ends.length > 0) {
      ends.shift()?.();
      await Promise.resolve();
    }
    expect(await Promise.all(all)).to.deep.equal(['a!', 'b!', 'a!', 'c!']);
    expect(started).to.deep.equal(['a', 'b', 'c']);
  });

  it('goes on after a command that is none', async () => {
    const print = printer(undefined, 1);
    const failed = await print('ls').catch((error: Error) => error.message);
    expect(failed).to.equal('only mdevct is run in examples, not: ls');
    expect(await print('mdevct --version')).to.match(/^\d/);
  });
});
