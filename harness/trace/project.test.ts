import { expect } from 'chai';
import fc from 'fast-check';
import { eventSchemas, type EventKind, type TraceEvent } from '../adapter/protocol.js';
import { project, type Projection } from './project.js';
import { render } from './render.js';
import { text, trace } from './testing/arbitrary.js';

const kinds = Object.keys(eventSchemas) as EventKind[];
const name = fc.oneof(fc.constantFrom('device_add', 'device_add:A', 'device_del', 'log'), text);
const projection: fc.Arbitrary<Projection> = fc.record(
  {
    observes: fc.subarray(kinds),
    points: fc.array(name),
    unordered: fc.array(name),
    order: fc.constantFrom('total', 'by-kind'),
  },
  { requiredKeys: [] },
);

function projected(events: TraceEvent[], by: Projection): TraceEvent[] {
  return project([{ call: { method: 'reset', params: {} }, answer: { ret: 0 }, events }], by)[0]!
    .events;
}

const call = (fn: string, dev: string, task = 'main'): TraceEvent => ({
  ev: 'call',
  task,
  fn,
  args: { dev },
});
const ret = (fn: string, task = 'main'): TraceEvent => ({ ev: 'return', task, fn, ret: 0 });

describe('project', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(trace, projection, (t, by) => {
        const once = project(t, by);
        expect(render(project(once, by))).to.equal(render(once));
      }),
    );
  });

  it('keeps everything when nothing restricts', () => {
    fc.assert(
      fc.property(trace, (t) => {
        expect(project(t, {})).to.deep.equal(t);
      }),
    );
  });

  it('leaves out kinds that are not observed and points that do not exist', () => {
    const callback: TraceEvent = { ev: 'callback', task: 'main', driver: 'm', op: 'p', args: {} };
    const events = [call('f', 'A'), callback, ret('f')];
    expect(projected(events, { points: [] })).to.deep.equal([callback]);
    expect(projected(events, { observes: ['return'] })).to.deep.equal([ret('f')]);
  });

  it('leaves out the calls of a function for one device, with their returns', () => {
    const events = [call('f', '0'), call('f', '1'), ret('f'), ret('f'), call('g', '0')];
    expect(projected(events, { unordered: ['f:0'] })).to.deep.equal([
      call('f', '1'),
      ret('f'),
      call('g', '0'),
    ]);
    expect(projected(events, { unordered: ['f'] })).to.deep.equal([call('g', '0')]);
  });

  it('groups by kind and task, and keeps the order inside', () => {
    const events = [ret('f', 'b'), call('g', '1', 'b'), call('h', '2', 'a'), call('f', '3', 'b')];
    expect(projected(events, { order: 'by-kind' })).to.deep.equal([
      call('h', '2', 'a'),
      call('g', '1', 'b'),
      call('f', '3', 'b'),
      ret('f', 'b'),
    ]);
  });
});
