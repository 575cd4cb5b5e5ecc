import { expect } from 'chai';
import fc from 'fast-check';
import { explain } from './explain.js';
import { render } from './render.js';
import { trace } from './testing/arbitrary.js';

const head = '  main > reset\n';
const tail = '  main < reset = 0\n';
const paths = (...names: string[]): string => names.map((name) => `  main   + /${name}\n`).join('');
const expected = head + paths('a', 'b', 'c') + tail;

describe('explain', () => {
  it('shows what was expected, what came, and what stands around it', () => {
    expect(explain(expected, head + paths('a', 'X', 'c') + tail).split('\n')).to.deep.equal([
      'step 1: reset',
      'results, uevents and log are the same, other events are not; first at line 3',
      '  expected  main   + /b',
      '  actual    main   + /X',
      '',
      '    main > reset',
      '    main   + /a',
      '-   main   + /b',
      '+   main   + /X',
      '    main   + /c',
      '    main < reset = 0',
    ]);
  });

  it('stands side by side, clipped to the width', () => {
    const long = head + paths('a', 'y'.repeat(60), 'c') + tail;
    const lines = explain(expected, long, { form: 'side-by-side', width: 53 }).split('\n').slice(5);
    expect(lines).to.deep.equal([
      '  main > reset                main > reset',
      '  main   + /a                 main   + /a',
      '  main   + /b             |   main   + /yyyyyyyyyyyy…',
      '  main   + /c                 main   + /c',
      '  main < reset = 0            main < reset = 0',
    ]);
  });

  it('says that a trace merely ends', () => {
    const twice = expected + expected;
    expect(explain(twice, expected)).to.contain('+ (the trace ends here)');
    expect(explain(expected, twice)).to.contain('- (the trace ends here)');
    expect(explain(expected, ''))
      .to.contain('+ (the trace ends here)')
      .and.contain('step 1: reset');
  });

  it('points from the result to what led there', () => {
    const actual = head + paths('a', 'b') + tail + head + '  main < reset = EIO\n';
    expect(explain(expected + head + tail, actual)).to.contain(
      'the result of a call differs (in step 2, what led there is in step 1)',
    );
  });

  it('hides what is far away', () => {
    const names = Array.from({ length: 40 }, (_, i) => String(i));
    const many = head + paths(...names) + tail;
    const other = many.replace('/20\n', '/x\n');
    const text = explain(many, other, { before: 2, after: 3 });
    expect(text.split('\n')).to.have.length(5 + 2 + 3 + 1);
    expect(text).to.contain('… 19 more lines');
  });

  it('explains a side that is no trace', () => {
    expect(explain('  nonsense\n', expected)).to.contain('one side is no trace: line 1: ');
  });

  it('colours with what it is given', () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const palette = { red: mark('r'), green: mark('g'), dim: mark('d'), bold: mark('b') };
    const text = explain(expected, head + paths('a', 'X', 'c') + tail, { palette });
    expect(text).to.contain('<r>-   main   + /b</r>').and.contain('<g>+   main   + /X</g>');
  });

  it('has something to say about any two traces, in both forms', () => {
    fc.assert(
      fc.property(trace, trace, (a, b) => {
        for (const form of ['unified', 'side-by-side'] as const) {
          const text = explain(render(a), render(b), { form });
          expect(text === '').to.equal(render(a) === render(b));
        }
      }),
    );
  });
});
