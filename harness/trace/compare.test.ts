import { expect } from 'chai';
import fc from 'fast-check';
import type { TraceEvent } from '../adapter/protocol.js';
import { compareTexts, compareTraces, type Level } from './compare.js';
import { render } from './render.js';
import { trace } from './testing/arbitrary.js';
import type { Trace } from './types.js';

const log = (message: string): TraceEvent => ({ ev: 'log', task: 'main', level: 6, message });
const uevent = (action: string): TraceEvent => ({
  ev: 'uevent',
  task: 'main',
  action,
  devpath: '/d',
  env: {},
});
const sysfs = (path: string): TraceEvent => ({ ev: 'sysfs', task: 'main', change: '+', path });
const run = (events: TraceEvent[], ret = 0): Trace => [
  { call: { method: 'reset', params: {} }, answer: { ret }, events },
];
const BASE = [log('a'), uevent('add'), sysfs('/x')];

describe('compareTraces', () => {
  it('finds nothing between a trace and itself, and the same from either side', () => {
    fc.assert(
      fc.property(trace, trace, (a, b) => {
        expect(compareTraces(a, a)).to.equal(undefined);
        expect(compareTexts(render(a), render(a))).to.equal(undefined);
        const there = compareTraces(a, b);
        expect(there?.kind).to.equal(compareTraces(b, a)?.kind);
        expect(there === undefined).to.equal(render(a) === render(b));
      }),
    );
  });

  const kinds: Record<string, [Trace, string, Level[]]> = {
    'another result': [run(BASE, 1), 'result', ['L1', 'L2', 'L3']],
    'another uevent': [run([log('a'), uevent('remove'), sysfs('/x')]), 'uevent', ['L2', 'L3']],
    'another log': [run([log('b'), uevent('add'), sysfs('/x')]), 'log', ['L2', 'L3']],
    'another event': [run([log('a'), uevent('add'), sysfs('/y')]), 'events', ['L3']],
    'another order': [run([uevent('add'), log('a'), sysfs('/x')]), 'order', ['L3']],
    'fewer calls': [[], 'calls', ['L1', 'L2', 'L3']],
  };
  for (const [what, [actual, kind, seenAt]] of Object.entries(kinds)) {
    it(`sees ${what} at ${seenAt.join(', ')}`, () => {
      for (const level of ['L1', 'L2', 'L3'] as const) {
        const expected = seenAt.includes(level) ? kind : undefined;
        expect(compareTraces(run(BASE), actual, level)?.kind).to.equal(expected);
      }
    });
  }

  it('says where, and where the result follows', () => {
    const expected = [...run([sysfs('/a')]), ...run([])];
    const actual = [...run([]), ...run([], 5)];
    expect(compareTraces(expected, actual)).to.deep.equal({
      kind: 'result',
      step: 0,
      event: 0,
      expected: '+ /a',
      resultStep: 1,
    });
  });
});
