import { expect } from 'chai';
import { Log } from './log.js';

describe('the log of a live kernel', () => {
  let log: Log;
  beforeEach(() => void (log = new Log()));
  const known = (...lines: [number, string][]): void =>
    log.push(lines.map(([level, message]) => ({ level, message })));

  it('has the order of the buffer and the levels of /dev/kmsg', () => {
    known([4, 'one'], [3, 'two']);
    expect(log.take('one\n')).to.deep.equal({ level: 4, message: 'one' });
    expect(log.take('two')).to.deep.equal({ level: 3, message: 'two' });
  });

  it('goes on behind lines that the buffer lacks', () => {
    known([6, 'of the boot'], [4, 'mine']);
    expect(log.take('mine')).to.deep.equal({ level: 4, message: 'mine' });
  });

  it('puts together what the buffer has in pieces', () => {
    known([3, 'kobject: cannot do it'], [6, 'next']);
    expect(log.take('kobject: ')).to.deep.equal({ level: 3, message: 'kobject: cannot do it' });
    expect(log.take('cannot ')).to.equal(undefined);
    expect(log.take('do it')).to.equal(undefined);
    expect(log.take('next')).to.deep.equal({ level: 6, message: 'next' });
  });

  it('has empty lines only where /dev/kmsg has them', () => {
    known([4, ''], [6, 'next']);
    expect(log.take('')).to.deep.equal({ level: 4, message: '' });
    expect(log.take('\n')).to.equal(undefined);
    expect(log.take('next')).to.deep.equal({ level: 6, message: 'next' });
  });

  it('leaves out what tells of the machine and of our builds', () => {
    for (const noise of [
      'mscript: loading out-of-tree module taints kernel.',
      'tsc: Refined TSC clocksource calibration: 2596.111 MHz',
      ' dump_stack+0x1/0x2',
      'Call Trace:',
    ]) {
      known([6, noise]);
      expect(log.take(noise), noise).to.equal(undefined);
    }
  });

  it('makes the same what differs from boot to boot', () => {
    const pairs = {
      'major_number:511': 'major_number:<major>',
      'registered, major 12': 'registered, major <major>',
      'task "remover" (123) blocked for 10 seconds':
        'task "remover" (<pid>) blocked for 10 seconds',
    };
    for (const [message, steady] of Object.entries(pairs)) {
      known([4, message]);
      expect(log.take(message)).to.deep.equal({ level: 4, message: steady });
    }
  });
});
