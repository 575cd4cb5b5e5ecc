import { expect } from 'chai';
import type { TraceEvent } from '../adapter/protocol.js';
import { EVENT_KINDS } from '../adapter/words.js';
import { render } from '../trace/render.js';
import type { Trace } from '../trace/types.js';
import { lensOf, type Sight } from './view.js';

const call = (fn: string): TraceEvent => ({ ev: 'call', task: 'main', fn, args: { dev: 'A' } });
const left = (fn: string): TraceEvent => ({ ev: 'return', task: 'main', fn, ret: 0 });
const traceOf = (...events: TraceEvent[]): Trace => [
  { call: { method: 'read', params: { path: '/x' } }, answer: { ret: 0, data: '' }, events },
];
const whole = traceOf(call('outer'), call('inner'), left('inner'), left('outer'));
const all: Sight = { observes: [...EVENT_KINDS], order: 'total' };

describe('the lens of an implementation', () => {
  it('is clear for one that sees everything', async () => {
    const lens = await lensOf({ ...all, inlined: [] });
    expect(lens.golden('not even a trace')).to.equal('not even a trace');
  });

  it('leaves what a compiler inlined out of goldens and of traces', async () => {
    const lens = await lensOf({ ...all, inlined: ['inner'] });
    const expected = render(traceOf(call('outer'), left('outer')));
    expect(lens.golden(render(whole))).to.equal(expected);
    expect(lens.text(whole)).to.equal(expected);
  });
});
