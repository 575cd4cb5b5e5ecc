import { expect } from 'chai';
import fc from 'fast-check';
import { Errno } from './errno.js';
import { kstrtoint, kstrtouint, kstrtoull } from './kstrtox.js';
import { holds } from './testing.js';

const EINVAL = { error: -Errno.EINVAL };
const ERANGE = { error: -Errno.ERANGE };
const LIMIT = 1n << 64n;

/** The spellings of one number. */
const spellings: readonly [string, (value: bigint) => string][] = [
  ['decimal', (value) => value.toString()],
  ['hexadecimal', (value) => `0x${value.toString(16)}`],
  ['upper-case hexadecimal', (value) => `0X${value.toString(16).toUpperCase()}`],
  ['octal', (value) => `0${value.toString(8)}`],
];

describe('kstrtoull', () => {
  for (const [name, spell] of spellings) {
    it(`reads ${name} numbers below 2^64, with plus sign and newline or without`, () => {
      const sign = fc.constantFrom('', '+');
      const end = fc.constantFrom('', '\n');
      holds(
        fc.property(fc.bigInt(0n, LIMIT - 1n), sign, end, (value, plus, newline) => {
          expect(kstrtoull(plus + spell(value) + newline)).to.deep.equal({ value });
        }),
      );
    });

    it(`finds ${name} numbers from 2^64 on too large`, () => {
      holds(
        fc.property(fc.bigInt(LIMIT, LIMIT << 64n), (value) => {
          expect(kstrtoull(spell(value))).to.deep.equal(ERANGE);
        }),
      );
    });
  }

  for (const text of [
    '',
    '\n',
    '+',
    '-1',
    '++1',
    ' 1',
    '1 ',
    '1x',
    '1\n\n',
    '08',
    '0x',
    '0xg',
    'x',
  ])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(kstrtoull(text)).to.deep.equal(EINVAL);
    });

  it('reads up to the first NUL', () => {
    expect(kstrtoull('12\0x')).to.deep.equal({ value: 12n });
  });

  it('reads no text that is not a number', () => {
    holds(
      fc.property(fc.string(), (text) => {
        const number = /^\+?(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)\n?$/i.test(text);
        expect('value' in kstrtoull(text) || number).to.equal(number);
      }),
    );
  });
});

describe('kstrtoint', () => {
  it('reads every int', () => {
    holds(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        expect(kstrtoint(`${value}\n`)).to.deep.equal({ value });
      }),
    );
  });

  for (const [text, expected] of [
    ['-2147483648', { value: -(2 ** 31) }],
    ['-2147483649', ERANGE],
    ['2147483647', { value: 2 ** 31 - 1 }],
    ['2147483648', ERANGE],
    ['-0x10', { value: -16 }],
    ['-010', { value: -8 }],
    ['99999999999999999999', ERANGE],
    ['-+1', EINVAL],
    ['--1', EINVAL],
    ['-', EINVAL],
  ] as const) {
    it(`reads "${text}" as ${JSON.stringify(expected)}`, () => {
      expect(kstrtoint(text)).to.deep.equal(expected);
    });
  }
});

describe('kstrtouint', () => {
  it('reads every unsigned int, and nothing larger', () => {
    holds(
      fc.property(fc.bigInt(0n, 1n << 40n), (value) => {
        expect(kstrtouint(`${value}`)).to.deep.equal(
          value < 1n << 32n ? { value: Number(value) } : ERANGE,
        );
      }),
    );
  });

  it('knows no sign', () => {
    expect(kstrtouint('-1')).to.deep.equal(EINVAL);
  });
});
