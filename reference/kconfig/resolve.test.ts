import { expect } from 'chai';
import fc from 'fast-check';
import { holds } from '../kernel/testing.js';
import { checkKconfig } from './check.js';
import { evaluate } from './expr.js';
import { parseKconfig } from './parse.js';
import { resolveKconfig, type Values } from './resolve.js';
import { both, either, not, type Tristate } from './tristate.js';

const parse = (text: string) => {
  const symbols = parseKconfig([{ name: 'test.kconfig', text }]);
  checkKconfig(symbols);
  return symbols;
};

/** The values as one word, in the order of the names: `A=y B=m`. */
function resolved(text: string, wishes: Values = {}): string {
  return Object.entries(resolveKconfig(parse(text), wishes))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

describe('the three values', () => {
  const all: readonly Tristate[] = ['n', 'm', 'y'];

  it('are combined as in the kernel’s documentation', () => {
    expect(all.flatMap((a) => all.map((b) => both(a, b))).join('')).to.equal('nnnnmmnmy');
    expect(all.flatMap((a) => all.map((b) => either(a, b))).join('')).to.equal('nmymmyyyy');
    expect(all.map(not).join('')).to.equal('ymn');
  });
});

describe('olddefconfig', () => {
  const rows: readonly [string, text: string, wishes: Values, expected: string][] = [
    ['leaves what nobody sets at n', 'config A\n\ttristate "a"\n', {}, 'A=n'],
    ['takes what is set', 'config A\n\ttristate "a"\n', { A: 'm' }, 'A=m'],
    ['ignores a wish for a symbol without prompt', 'config A\n\ttristate\n', { A: 'y' }, 'A=n'],
    ['ignores a wish for nobody’s symbol', 'config A\n\tbool "a"\n', { B: 'y' }, 'A=n'],
    ['ignores m for a bool', 'config A\n\tbool "a"\n\tdefault y\n', { A: 'm' }, 'A=y'],
    ['applies a default', 'config A\n\ttristate "a"\n\tdefault m\n', {}, 'A=m'],
    ['lets a wish overrule a default', 'config A\n\tbool "a"\n\tdefault y\n', { A: 'n' }, 'A=n'],
    [
      'takes the first default whose condition holds',
      'config A\n\ttristate\n\tdefault m if B\n\tdefault y\nconfig B\n\tbool\n',
      {},
      'A=y B=n',
    ],
    [
      'lowers a wish to what it depends on, without a word',
      'config A\n\ttristate "a"\n\tdepends on B\nconfig B\n\ttristate "b"\n',
      { A: 'y', B: 'm' },
      'A=m B=m',
    ],
    [
      'lowers a default, too',
      'config A\n\ttristate\n\tdepends on B\n\tdefault y\nconfig B\n\ttristate "b"\n',
      { B: 'm' },
      'A=m B=m',
    ],
    [
      'knows "&& m" for: as a module only',
      'config A\n\ttristate "a"\n\tdepends on m\n',
      { A: 'y' },
      'A=m',
    ],
    [
      'falls back to the default where a wish isn’t visible',
      'config A\n\ttristate "a" if B\n\tdefault m\nconfig B\n\tbool\n',
      { A: 'y' },
      'A=m B=n',
    ],
    [
      'lets a default be above the condition of the prompt alone',
      'config A\n\ttristate "a" if m\n\tdefault y\n',
      {},
      'A=y',
    ],
    [
      'lets a module of what it depends on be enough for a bool',
      'config A\n\tbool "a"\n\tdepends on B\nconfig B\n\ttristate "b"\n',
      { A: 'y', B: 'm' },
      'A=y B=m',
    ],
    [
      'forces what is selected, whatever it depends on',
      'config A\n\ttristate "a"\n\tselect B\nconfig B\n\ttristate\n\tdepends on C\nconfig C\n\tbool\n',
      { A: 'm' },
      'A=m B=m C=n',
    ],
    [
      'raises a wish to what selects it, and never lowers it',
      'config A\n\ttristate "a"\n\tselect B\nconfig B\n\ttristate "b"\n',
      { A: 'm', B: 'y' },
      'A=m B=y',
    ],
    [
      'selects under a condition',
      'config A\n\tbool "a"\n\tselect B if C\nconfig B\n\tbool\nconfig C\n\tbool "c"\n',
      { A: 'y' },
      'A=y B=n C=n',
    ],
    [
      'makes y of a bool that a module selects',
      'config A\n\ttristate "a"\n\tselect B\nconfig B\n\tbool\n',
      { A: 'm' },
      'A=m B=y',
    ],
    [
      'has everything inside an "if" depend on it',
      'config A\n\ttristate "a"\nif A\nconfig B\n\ttristate "b"\nendif\nconfig C\n\ttristate "c"\n',
      { B: 'y', C: 'y' },
      'A=n B=n C=y',
    ],
    [
      'compares',
      'config A\n\tbool "a"\n\tdepends on B = m\nconfig B\n\ttristate "b"\nconfig C\n\tbool\n\tdefault y if B != m\n',
      { A: 'y', B: 'm' },
      'A=y B=m C=n',
    ],
    [
      'binds ! before && before ||',
      'config A\n\tbool\n\tdefault y if !B && C || D\nconfig B\n\tbool "b"\nconfig C\n\tbool "c"\nconfig D\n\tbool "d"\n',
      { B: 'y', D: 'y' },
      'A=y B=y C=n D=y',
    ],
  ];
  for (const [title, text, wishes, expected] of rows) {
    it(title, () => {
      expect(resolved(text, wishes)).to.equal(expected);
    });
  }
});

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];
const tristate = fc.constantFrom<Tristate>('n', 'm', 'y');
const wishes = fc.dictionary(fc.constantFrom(...NAMES), tristate) as fc.Arbitrary<Values>;

/** An expression over earlier symbols, so that there is no circle. */
const over = (names: readonly string[]): fc.Arbitrary<string> => {
  const atom = fc.constantFrom('m', 'y', ...names);
  return fc.oneof(
    atom,
    fc.tuple(atom, fc.constantFrom('&&', '||', '=', '!='), atom).map((parts) => parts.join(' ')),
    fc.tuple(atom, atom).map(([a, b]) => `!(${a} && !${b})`),
  );
};

/** One symbol: it depends on earlier ones and selects later ones that depend on nothing. */
const config = (at: number, prompts: readonly string[]): fc.Arbitrary<string> => {
  const earlier = NAMES.slice(0, at);
  const line = (word: string, rest: fc.Arbitrary<string>) =>
    fc.option(rest, { nil: undefined }).map((text) => (text ? `\t${word} ${text}\n` : ''));
  return fc
    .tuple(
      fc.constantFrom('bool', 'tristate'),
      fc.constantFrom(...prompts),
      line('depends on', over(earlier)),
      line('default', over(earlier)),
      line('select', fc.constantFrom(...NAMES.slice(at + 1), 'G')),
    )
    .map(
      ([type, prompt, ...lines]) => `config ${NAMES[at]}\n\t${type}${prompt}\n${lines.join('')}`,
    );
};
const files = (...prompts: string[]) =>
  fc
    .tuple(...NAMES.map((_, at) => config(at, prompts)))
    .map((configs) => `${configs.join('')}config G\n\ttristate "g"\n`);
const plain = files('', ' "a prompt"');
const text = files('', ' "a prompt"', ' "a prompt" if m');

describe('olddefconfig, whatever the files', () => {
  it('property: resolving what was resolved changes nothing', () => {
    holds(
      fc.property(plain, wishes, (written, wanted) => {
        const symbols = parse(written);
        const once = resolveKconfig(symbols, wanted);
        expect(resolveKconfig(symbols, once)).to.deep.equal(once);
      }),
    );
  });

  it('property: a value is above what it depends on only if somebody selects it so', () => {
    holds(
      fc.property(text, wishes, (written, wanted) => {
        const symbols = parse(written);
        const values = resolveKconfig(symbols, wanted);
        const value = (name: string) => values[name]!;
        for (const symbol of symbols.values()) {
          const limit = evaluate(symbol.depends, value);
          const selectors = [...symbols.values()].filter(({ selects }) =>
            selects.some(({ what }) => what === symbol.name),
          );
          const forced = selectors.map(({ name }) => value(name)).reduce(either, 'n');
          const most = either(limit, forced);
          const rounded = symbol.type === 'bool' && most === 'm' ? 'y' : most;
          expect(both(value(symbol.name), rounded)).to.equal(value(symbol.name));
        }
      }),
    );
  });

  it('property: there is no module of a bool', () => {
    holds(
      fc.property(text, wishes, (written, wanted) => {
        const symbols = parse(written);
        const values = resolveKconfig(symbols, wanted);
        for (const { name, type } of symbols.values()) {
          if (type === 'bool') expect(values[name]).not.to.equal('m');
        }
      }),
    );
  });

  it('property: what nobody can set has the value that it has without wishes for it', () => {
    holds(
      fc.property(text, wishes, (written, wanted) => {
        const symbols = parse(written);
        const settable = Object.fromEntries(
          Object.entries(wanted).filter(([name]) => symbols.get(name)?.prompt),
        );
        expect(resolveKconfig(symbols, wanted)).to.deep.equal(resolveKconfig(symbols, settable));
      }),
    );
  });
});
