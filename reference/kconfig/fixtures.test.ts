import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkKconfig } from './check.js';
import { KconfigError } from './error.js';
import { parseKconfig } from './parse.js';

const FIXTURES = 'reference/kconfig/fixtures';

function read(kind: string, name: string) {
  const symbols = parseKconfig([{ name, text: readFileSync(join(FIXTURES, kind, name), 'utf8') }]);
  checkKconfig(symbols);
  return symbols;
}

/** Where the mistake of each file is, which its name tells. */
const LINES: Readonly<Record<string, number>> = {
  'E_KCONFIG_WORD-unknown': 4,
  'E_KCONFIG_WORD-depends-without-on': 3,
  'E_KCONFIG_WORD-of-every-object': 3,
  'E_KCONFIG_PLACE-outside': 3,
  'E_KCONFIG_PLACE-behind-endif': 5,
  'E_KCONFIG_NAME-lower-case': 1,
  'E_KCONFIG_NAME-nothing': 1,
  'E_KCONFIG_NAME-select-expression': 3,
  'E_KCONFIG_TEXT-no-quotes': 2,
  'E_KCONFIG_TEXT-open': 2,
  'E_KCONFIG_EXPR-ends': 3,
  'E_KCONFIG_EXPR-one-ampersand': 3,
  'E_KCONFIG_EXPR-no-bracket': 3,
  'E_KCONFIG_EXPR-lower-case': 3,
  'E_KCONFIG_EXPR-compares-an-expression': 3,
  'E_KCONFIG_EXPR-empty': 3,
  'E_KCONFIG_IF-open': 3,
  'E_KCONFIG_IF-endif-alone': 3,
  'E_KCONFIG_TYPE-none': 3,
  'E_KCONFIG_TYPE-two': 3,
  'E_KCONFIG_TWICE-declared': 5,
  'E_KCONFIG_UNKNOWN-depends': 1,
  'E_KCONFIG_UNKNOWN-selects': 2,
  'E_KCONFIG_CYCLE-itself': 1,
  'E_KCONFIG_CYCLE-select-and-depend': 1,
  'E_KCONFIG_CYCLE-three': 1,
};

/** The symbols of those that are right. */
const SYMBOLS: Readonly<Record<string, string>> = {
  'empty.kconfig': '',
  'promptless.kconfig': 'A',
  'nested-if.kconfig': 'AB',
  'every-word.kconfig': 'ABCD',
  'no-circle.kconfig': 'ABC',
};

describe('Kconfig files that are accepted', () => {
  for (const name of readdirSync(join(FIXTURES, 'accept'))) {
    it(name, () => {
      expect([...read('accept', name).keys()].sort().join('')).to.equal(SYMBOLS[name]);
    });
  }
});

describe('Kconfig files that are rejected', () => {
  const rejected = readdirSync(join(FIXTURES, 'reject'));

  it('are those that are listed', () => {
    expect(rejected.map((name) => name.replace('.kconfig', '')).sort()).to.deep.equal(
      Object.keys(LINES).sort(),
    );
  });

  for (const name of rejected) {
    it(name, () => {
      const stem = name.replace('.kconfig', '');
      const code = stem.split('-')[0]!;
      expect(() => read('reject', name)).to.throw(KconfigError, `${name}:${LINES[stem]} ${code} `);
    });
  }

  it('are told of in one sentence', () => {
    const text = 'config A\n\tbool "a"\n\tdepends on B\n\tselect B\nconfig B\n\tbool\n';
    expect(() => {
      checkKconfig(parseKconfig([{ name: 'x.kconfig', text }]));
    }).to.throw('x.kconfig:1 E_KCONFIG_CYCLE A asks for B asks for A');
  });
});
