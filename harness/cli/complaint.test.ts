import { expect } from 'chai';
import pc from 'picocolors';
import { HarnessError } from '../errors.js';
import { Complaints, report } from './complaint.js';
import { forEach } from './each.js';
import { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

function screen(): Terminal & { text: string } {
  return {
    text: '',
    out: () => undefined,
    err(text) {
      this.text += text;
    },
    width: 80,
    colours: pc.createColors(false),
    interactive: false,
  };
}

describe('complaints', () => {
  it('are one sentence for an error of the user', () => {
    const terminal = screen();
    expect(report(new HarnessError('E_PROFILE', 'no such profile'), terminal)).to.equal(
      Exit.unusable,
    );
    expect(terminal.text).to.equal('mdevct: E_PROFILE no such profile\n');
  });

  it('are all of several, then the sum', () => {
    const terminal = screen();
    report(new Complaints('E_SUITE', ['a:1 E_A', 'b:2 E_B'], '2 errors'), terminal);
    expect(terminal.text).to.equal('a:1 E_A\nb:2 E_B\nmdevct: E_SUITE 2 errors\n');
  });

  it('ask for a report of our own bugs, with version and stack', () => {
    const terminal = screen();
    expect(report(new TypeError('oops'), terminal)).to.equal(Exit.unusable);
    expect(terminal.text).to.match(
      /^mdevct: E_BUG .*please report.*\nmdevct \d.*node v.*\nTypeError: oops\n +at /,
    );
    report('a string', terminal);
    expect(terminal.text).to.match(/\na string\n$/);
  });
});

describe('forEach', () => {
  it('goes on after an error of the user, and lets a bug through', () => {
    const terminal = screen();
    const done: string[] = [];
    const status = forEach(['a', 'b'], terminal, (id) => {
      if (id === 'a') throw new HarnessError('E_REVIEW', 'no');
      done.push(id);
    });
    expect([status, done]).to.deep.equal([Exit.unusable, ['b']]);
    const bug = (): never => {
      throw new TypeError('bug');
    };
    expect(() => forEach(['a'], terminal, bug)).to.throw(TypeError);
  });
});
