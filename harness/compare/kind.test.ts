import { expect } from 'chai';
import { kindOfLine } from './kind.js';

describe('what a line is about', () => {
  for (const [line, kind] of [
    ['main > read /a', 'calls'],
    ['main < read = 0', 'result'],
    ['main   name a@', 'result'],
    ['main   value VFIO_MDEV y', 'result'],
    ['main     uevent add /a', 'uevent'],
    ['main   log <6> x', 'log'],
    ['main   < device_add = 0', 'events'],
    ['main   + /sys/a', 'events'],
  ] as const) {
    it(`${line}: ${kind}`, () => {
      expect(kindOfLine(`  ${line}`)).to.equal(kind);
    });
  }
});
