import { expect } from 'chai';
import { atomic, booted } from './testing.js';
import { warn_on, warn_on_once } from './warn.js';

describe('warnings', () => {
  it('are said each time, or once for each function', () => {
    const k = booted();
    atomic(k, () => {
      warn_on(k, 'a');
      warn_on(k, 'a');
      warn_on_once(k, 'b');
      warn_on_once(k, 'b');
      warn_on_once(k, 'c');
    });
    expect(k.takeEvents().map((event) => event.ev === 'log' && event.message.at(-1))).to.deep.equal(
      ['a', 'a', 'b', 'c'],
    );
  });
});
