import { expect } from 'chai';
import fc from 'fast-check';
import { Errno } from './errno.js';
import { initial_params, param_files, parse_args, type ParamDefs } from './params.js';
import { Kobject } from './kobject.js';
import { atomic, booted, events, holds, run } from './testing.js';

const defs: ParamDefs = {
  count: { type: 'int', init: 4, mode: 0o644 },
  use_it: { type: 'bool', init: false, mode: 0o444 },
  text: { type: 'charp', init: '', mode: 0o644 },
  limit: { type: 'uint', init: 7, mode: 0o444 },
};

/** What a command line makes of the parameters. */
function parsed(line: string) {
  const k = booted();
  const params = initial_params(defs);
  const ret = atomic(k, () => parse_args(k, 'mod', line, defs, params));
  return { ret, params, log: events(k, 'log') };
}

describe('module parameters', () => {
  it('have their initial values until they are set', () => {
    expect(parsed('')).to.deep.equal({
      ret: 0,
      params: { count: 4, use_it: false, text: '', limit: 7 },
      log: [],
    });
  });

  it('are set in order', () => {
    const { ret, params } = parsed('  count=1 use_it=1 text=abc count=0x10  ');
    expect([ret, params]).to.deep.equal([0, { count: 16, use_it: true, text: 'abc', limit: 7 }]);
  });

  it('may be written with dashes', () => {
    expect(parsed('use-it=y').params['use_it']).to.equal(true);
  });

  for (const [line, text] of [
    ['text="a b" count=1', 'a b'],
    ['"text=a b" count=1', 'a b'],
    ['text="" count=1', ''],
    ['text= count=1', ''],
    ['text=a=b count=1', 'a=b'],
    ['text=a"b c"d count=1', 'a"b c"d'],
  ] as const) {
    it(`read ${line} as the text "${text}"`, () => {
      expect(parsed(line).params).to.deep.equal({ count: 1, use_it: false, text, limit: 7 });
    });
  }

  it('take every text without quotes and spaces as it is', () => {
    const texts = fc.string().map((text) => text.replace(/[\s"]/g, ''));
    holds(
      fc.property(texts, (text) => {
        expect(parsed(`text=${text}`).params['text']).to.equal(text);
      }),
    );
  });

  for (const name of ['nosuch', 'no-such', 'toString', '__proto__']) {
    it(`are ignored with a warning if there are none, as ${name}`, () => {
      const { ret, params, log } = parsed(`${name}=1 count=2`);
      expect([ret, params['count'], log]).to.deep.equal([
        0,
        2,
        [`<4> mod: unknown parameter '${name}' ignored`],
      ]);
    });
  }

  for (const [line, error, complaint] of [
    ['count=abc', 'EINVAL', "`abc' invalid for parameter `count'"],
    ['count=', 'EINVAL', "`' invalid for parameter `count'"],
    ['count', 'EINVAL', "`' invalid for parameter `count'"],
    ['text', 'EINVAL', "`' invalid for parameter `text'"],
    ['count=4294967296', 'ERANGE', "`4294967296' invalid for parameter `count'"],
    ['use-it=maybe', 'EINVAL', "`maybe' invalid for parameter `use-it'"],
  ] as const) {
    it(`fail at ${line} with ${error}, and go on`, () => {
      const { ret, params, log } = parsed(`text=before ${line} text=behind`);
      expect([ret, params['text'], log]).to.deep.equal([
        -Errno[error],
        'behind',
        [`<3> mod: ${complaint}`],
      ]);
    });
  }

  it('tell of each bad value; the last one counts', () => {
    const { ret, log } = parsed('count=99999999999 count=x use_it=y');
    expect([ret, log]).to.deep.equal([
      -Errno.EINVAL,
      [
        "<3> mod: `99999999999' invalid for parameter `count'",
        "<3> mod: `x' invalid for parameter `count'",
      ],
    ]);
  });

  it('end at two dashes', () => {
    const { ret, params, log } = parsed('count=1 -- count=2 text=x');
    expect([ret, params['count'], log]).to.deep.equal([
      0,
      1,
      ["<4> mod: parameters 'count=2 text=x' after `--' ignored"],
    ]);
  });

  it('end at two dashes without a word, where there was an error', () => {
    const { ret, log } = parsed('count=x -- count=2');
    expect([ret, log]).to.deep.equal([
      -Errno.EINVAL,
      ["<3> mod: `x' invalid for parameter `count'"],
    ]);
  });

  it('hold texts of 1024 characters and no more', () => {
    expect(parsed(`text=${'x'.repeat(1024)}`).params['text']).to.have.lengthOf(1024);
    const long = 'x'.repeat(1025);
    const { ret, params, log } = parsed(`text=${long}`);
    expect([ret, params['text'], log]).to.deep.equal([
      -Errno.ENOSPC,
      '',
      [
        '<3> text: string parameter too long',
        `<3> mod: \`${long}' too large for parameter \`text'`,
      ],
    ]);
  });

  it('may be those of the module loader, without a word', () => {
    expect(parsed('dyndbg="+p" async_probe')).to.deep.include({ ret: 0, log: [] });
  });

  for (const [word, value] of [
    ['use_it', true],
    ['"use_it"', true],
    ['use_it=y', true],
    ['use_it=Yes', true],
    ['use_it=on', true],
    ['use_it=1', true],
    ['use_it=n', false],
    ['use_it=off', false],
    ['use_it=0', false],
  ] as const) {
    it(`read ${word} as ${value}`, () => {
      expect(parsed(`use_it=${value ? 'n' : 'y'} ${word}`).params['use_it']).to.equal(value);
    });
  }
});

describe('files of module parameters', () => {
  const setUp = () => {
    const k = booted();
    const params = initial_params(defs);
    const files = param_files(defs, params);
    const file = (name: string) => files.find((each) => each.name === name)!;
    const kobj = new Kobject('parameters', { name: 'ktype' });
    return {
      params,
      modes: files.map(({ name, mode }) => `${name} ${mode.toString(8)}`),
      show: (name: string) => run(k, file(name).show!(k, kobj)),
      store: (name: string, data: string) => run(k, file(name).store!(k, kobj, data)),
    };
  };

  it('have the modes that the module gives them', () => {
    expect(setUp().modes).to.deep.equal(['count 644', 'use_it 444', 'text 644', 'limit 444']);
  });

  it('show the values in force', () => {
    const { params, show } = setUp();
    Object.assign(params, { count: -1, use_it: true, text: 'abc' });
    expect(['count', 'use_it', 'text', 'limit'].map(show)).to.deep.equal([
      '-1\n',
      'Y\n',
      'abc\n',
      '7\n',
    ]);
    params['use_it'] = false;
    expect(show('use_it')).to.equal('N\n');
  });

  it('change the values, and keep them where the text is no value', () => {
    const { params, store } = setUp();
    expect([store('count', '7\n'), params['count']]).to.deep.equal([2, 7]);
    expect([store('count', 'x'), params['count']]).to.deep.equal([-Errno.EINVAL, 7]);
  });

  it('keep the newline of a text', () => {
    const { params, store } = setUp();
    expect([store('text', 'abc\n'), params['text']]).to.deep.equal([4, 'abc\n']);
  });
});
