import { expect } from 'chai';
import type { Failure, Fault } from '../run/types.js';
import { signatureOf } from './signature.js';
import { failing, wrong } from './testing.js';

const golden = (actual: string): Failure => ({ kind: 'golden', expected: 'a\nb\n', actual });
const of = (...failures: Failure[]): string => signatureOf(failing(...failures), 'linux-6.1');
const died = (message: string, code = 'E_ADAPTER_EXIT'): string => {
  const fault: Fault = { code, message, step: 2 };
  return signatureOf({ kind: 'error', fault, failures: [], calls: [] }, 'linux-6.1');
};

describe('signature of a failure', () => {
  it('says what goes wrong, in a word each', () => {
    expect(of(wrong('success'), wrong('EIO'), golden('x'))).to.match(
      /^expectation\+golden:[0-9a-f]{12}$/,
    );
    expect(died('gone')).to.match(/^E_ADAPTER_EXIT:[0-9a-f]{12}$/);
  });

  it('stays when lines of the suite move, or a fault says it in other words', () => {
    expect(of(wrong('success', 10))).to.equal(of(wrong('success', 99)));
    expect(died('pid 12 is gone')).to.equal(died('pid 13 is gone'));
  });

  it('is another one for another answer, another trace, another fault', () => {
    const all = [of(wrong('success')), of(wrong('EIO')), of(golden('x\n')), of(golden('y\n'))];
    const faults = [died('gone'), died('gone', 'E_ADAPTER_TIMEOUT')];
    expect(new Set([...all, ...faults]).size).to.equal(6);
  });

  it('is the same where only the name of the profile differs', () => {
    const about = (profile: string): string =>
      signatureOf(
        failing({
          kind: 'no-golden',
          code: 'E_GOLDEN_MISSING',
          message: `nothing about ${profile}`,
          remedy: 'record',
        }),
        profile,
      );
    expect(about('linux-6.1')).to.equal(about('linux-6.12'));
  });
});
