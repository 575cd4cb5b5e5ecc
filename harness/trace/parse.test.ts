import { expect } from 'chai';
import fc from 'fast-check';
import { HarnessError } from '../errors.js';
import { parse } from './parse.js';
import { render } from './render.js';
import { trace } from './testing/arbitrary.js';

/** `value` with the keys of every object in reverse order. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)]);
  return Object.fromEntries(entries.reverse()) as T;
}

function errorOf(text: string): HarnessError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof HarnessError) return error;
  }
  throw new Error('the text was accepted, or failed otherwise');
}

describe('trace text', () => {
  it('is read back as the trace it was made from', () => {
    fc.assert(
      fc.property(trace, (t) => {
        expect(parse(render(t))).to.deep.equal(t);
      }),
      {
        numRuns: 1000,
      },
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(trace, (t) => {
        expect(render(reversed(t))).to.equal(render(t));
      }),
    );
  });

  it('is one printable line per event', () => {
    fc.assert(
      fc.property(trace, (t) => {
        for (const line of render(t).split('\n').slice(0, -1)) {
          expect(line).to.match(/^ {2}\S/);
          expect(Buffer.from(line).toString()).to.equal(line);
        }
      }),
    );
  });

  const refused: Record<string, [string, number, RegExp]> = {
    'an event before the first call': ['  main   device_add A\n', 1, /before the first call/],
    'a call without an answer': ['  main > reset\n', 1, /no answer/],
    'an answer without a call': ['  main < reset = 0\n', 1, /without a call/],
    'an answer of another method': ['  main > reset\n  main < bye = 0\n', 2, /must read/],
    'a detail that is none': ['  main > bye\n  main < bye = 0\n  main   + /a\n', 3, /expected "="/],
    'an uncounted name': ['  main > bye\n  main < bye = 0\n  main   name a\n', 2, /names=1/],
    'an unknown method': ['  main > poke\n', 1, /no method "poke"/],
    'a wrong depth': ['  main > reset\n  main     + /a\n  main < reset = 0\n', 2, /must read/],
    'a needless quote': ['  main > reset\n  main   + "/a"\n  main < reset = 0\n', 2, /must read/],
    'keys out of order': [
      '  main > reset\n  main   f b=1 a=2\n  main < reset = 0\n',
      2,
      /must read .*a=2 b=1/,
    ],
    'an open quote': ['  main > reset\n  main   + "/a\n', 2, /not a JSON string/],
    'a missing line feed': ['  main > reset\n  main < reset = 0', 2, /line feed/],
    'a missing indentation': ['main > reset\n', 1, /expected " {2}"/],
    'a log level of 9': ['  main > reset\n  main   log <9> x\n', 2, /log level/],
    'a second call too early': ['  main > reset\n  main > reset\n', 2, /no answer/],
    'a number in place of a text': ['  main > reset\n  main   + 5\n', 2, /must be quoted/],
    'a text in place of a number': ['  main > reset\n  main   f = x\n', 2, /expected a number/],
    'a bare uevent number': ['  main > reset\n  main   uevent add /a K=1\n', 2, /must be quoted/],
    'a word without key': ['  main > reset\n  main   f A B\n', 2, /needs a key/],
    'nothing after the task': ['  main\n', 1, /a space and its event/],
    'neither call nor answer': ['  main reset\n', 1, /expected a call/],
    'more on the line': ['  main > reset\n  main   + /a b\n', 2, /more on the line/],
  };
  for (const [what, [text, line, reason]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const error = errorOf(text);
      expect(error.code).to.equal('E_TRACE_SYNTAX');
      expect(error.message)
        .to.match(new RegExp(`^line ${line}: `))
        .and.match(reason);
    });
  }

  it('counts lines from where the caller says', () => {
    expect(() => parse('  main > poke\n', 40)).to.throw('line 40: ');
  });
});
