import { expect } from 'chai';
import { groupChanges } from './group.js';
import { normaliser } from './normalise.js';
import { compared, traceOf } from './testing/traces.js';

const normalise = normaliser(['mtty', 'mscript']);

const probe = (vendor: string, letter: string, errno: number) =>
  [
    traceOf([`log <4> ${vendor}: probe of ${letter} failed with error -${errno}`]),
    traceOf([`log <3> ${vendor} ${letter}: probe failed with error -${errno}`]),
  ] as const;

describe('groupChanges', () => {
  it('takes changes for one that differ in vendor, uuid and number only', () => {
    const groups = groupChanges(
      [
        compared(...probe('mtty', 'A', 12), 'a.one'),
        compared(...probe('mscript', 'B', 5), 'a.two'),
      ],
      normalise,
    );
    expect(groups).to.have.length(1);
    expect(groups[0]!.cases.map(({ id }) => id)).to.deep.equal(['a.one', 'a.two']);
  });

  it('does not take another for the same', () => {
    const [before] = probe('mtty', 'A', 12);
    const [, after] = probe('mtty', 'A', 13);
    const groups = groupChanges(
      [compared(...probe('mtty', 'A', 12)), compared(before, after)],
      normalise,
    );
    expect(groups).to.have.length(2);
  });

  it('does not mix directions, nor steps', () => {
    const [a, b] = ['+ /sys/a', '+ /sys/b', '+ /sys/c'] as const;
    const pair = traceOf([a, b, 'log <6> x']);
    const [earlier, later] = [traceOf([b, a, 'log <6> x']), traceOf([a, 'log <6> x', b])];
    const groups = groupChanges(
      [
        compared(pair, earlier),
        compared(pair, later),
        compared(traceOf([a], [b]), traceOf([a, b], [])),
      ],
      normalise,
    );
    expect(groups).to.have.length(3);
  });

  it('puts what a program notices first, then what is in most cases, and shows it where least stands around it', () => {
    const long = ['+ /sys/a', '+ /sys/b'];
    const groups = groupChanges(
      [
        compared(traceOf([]), traceOf(['+ /sys/other']), 'a.once'),
        compared(traceOf([]), traceOf([], []), 'a.call'),
        compared(traceOf(['log <6> x']), traceOf(['uevent add /x']), 'a.rare'),
        compared(traceOf(['+ /sys/a', 'log <6> x']), traceOf(['log <6> x', '+ /sys/a']), 'a.moved'),
        compared(traceOf(long), traceOf([...long, '+ /sys/new']), 'a.long'),
        compared(traceOf([]), traceOf(['+ /sys/new']), 'a.short'),
      ],
      normalise,
    );
    expect(groups.map(({ kind, example }) => [kind, example.case.id])).to.deep.equal([
      ['uevent', 'a.rare'],
      ['order', 'a.moved'],
      ['events', 'a.short'],
      ['events', 'a.once'],
      ['calls', 'a.call'],
    ]);
  });

  it('needs no vendors', () => {
    expect(normaliser([])(['mtty A 1 /2'])).to.deep.equal(['mtty <uuid 0> 1 /<number 1>']);
  });
});
