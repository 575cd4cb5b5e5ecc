import { expect } from 'chai';
import { excerpt } from './excerpt.js';
import { compared, traceOf } from './testing/traces.js';

const many = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, at) => `+ /sys/${name}${at}`);

/** What is shown of the first change of two traces. */
function shown(before: string, after: string): (string | number)[] {
  const { changes, rows } = compared(before, after);
  return excerpt(changes[0]!.rows, rows).flatMap(({ skipped, rows: lines }) => [
    ...(skipped > 0 ? [skipped] : []),
    ...lines.map(({ expected, actual }) => expected ?? actual!),
  ]);
}

describe('excerpt', () => {
  it('shows a change with its call, and counts what it leaves out', () => {
    const events = many(10, 'x');
    expect(shown(traceOf(events), traceOf([...events, 'log <6> new']))).to.deep.equal([
      'main > read /step/0',
      7,
      'main   + /sys/x7',
      'main   + /sys/x8',
      'main   + /sys/x9',
      'main   log <6> new',
      'main < read = 0',
    ]);
  });

  it('shows nothing of other steps', () => {
    const lines = shown(traceOf(['log <6> a'], ['log <6> b']), traceOf(['log <6> a'], []));
    expect(lines).to.deep.equal(['main > read /step/1', 'main   log <6> b', 'main < read = 0']);
  });

  it('takes off the depth that all lines share', () => {
    const deep = (lines: string[]): string =>
      traceOf(['device_add A', ...lines.map((line) => `  ${line}`), '< device_add = 0']);
    const lines = shown(deep(many(9, 'x')), deep([...many(5, 'x'), ...many(9, 'x').slice(6)]));
    expect(lines.slice(2, 4)).to.deep.equal(['main + /sys/x2', 'main + /sys/x3']);
  });

  it('cuts the middle out of a long change', () => {
    const lines = shown(traceOf([]), traceOf(many(40, 'x')));
    expect(lines).to.have.length(17);
    expect(lines[8]).to.equal(26);
  });
});
