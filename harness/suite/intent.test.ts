import { expect } from 'chai';
import type { EventKind, TraceEvent } from '../adapter/protocol.js';
import type { EventPattern, IntentClaim, IntentRule, StepEvent } from './compiled.js';
import { canJudge, evaluateIntent, type View } from './intent.js';

const P = '/devices/virtual/mtty/mtty';
const uevent = (action: string, devpath: string, env = {}): TraceEvent => ({
  ev: 'uevent',
  task: 'main',
  action,
  devpath,
  env,
});
const RUN: readonly (readonly [number, TraceEvent])[] = [
  [0, { ev: 'call', task: 'main', fn: 'device_add', args: { dev: 'A' } }],
  [0, { ev: 'sysfs', task: 'main', change: '+', path: `/sys${P}/A` }],
  [0, uevent('add', `${P}/A`, { SUBSYSTEM: 'mdev' })],
  [0, { ev: 'call', task: 'main', fn: 'device_add', args: { dev: 'vfio0' } }],
  [0, { ev: 'return', task: 'main', fn: 'device_add', ret: 0 }],
  [0, uevent('add', `${P}/A/vfio-dev/vfio0`, { SUBSYSTEM: 'vfio-dev' })],
  [0, { ev: 'return', task: 'main', fn: 'device_add', ret: -17 }],
  [
    1,
    {
      ev: 'callback',
      task: 'remover',
      driver: 'mtty',
      op: 'request',
      args: { dev: 'A', count: 0 },
    },
  ],
  [1, { ev: 'callback-return', task: 'remover', driver: 'mtty', op: 'request' }],
  [1, { ev: 'log', task: 'remover', level: 6, message: 'mtty A: Removing from iommu group 0' }],
  [2, uevent('remove', `${P}/A`, { SUBSYSTEM: 'mdev' })],
];
const events = RUN.map(([step, event]): StepEvent => ({ step, event }));
const ALL: readonly EventKind[] = [
  'uevent',
  'log',
  'call',
  'return',
  'callback',
  'callback-return',
  'sysfs',
];
const view: View = { profile: 'linux-6.1', observes: ALL, order: 'total' };
const rule = (claim: IntentClaim, more: Partial<IntentRule> = {}): IntentRule => ({
  claim,
  source: { file: 'x.yaml', line: 1, column: 1 },
  ...more,
});
const broken = (claim: IntentClaim, more?: Partial<IntentRule>, seen = view) =>
  evaluateIntent([rule(claim, more)], events, seen).map(({ message }) => message);
const times = (pattern: EventPattern, is: number): IntentClaim => ({ kind: 'count', pattern, is });

const add: EventPattern = { kind: 'uevent', action: 'add', of: 'A' };
const remove: EventPattern = { kind: 'uevent', action: 'remove', of: 'A' };
const bind: EventPattern = { kind: 'uevent', action: 'bind' };

/** A pattern, and how often it occurs in the run. */
const PATTERNS: readonly (readonly [EventPattern, number])[] = [
  [{ kind: 'uevent', action: 'add' }, 2],
  [add, 1],
  [{ kind: 'uevent', action: 'add', below: 'A' }, 1],
  [{ kind: 'uevent', action: 'add', env: { SUBSYSTEM: 'vfio-dev' } }, 1],
  [{ kind: 'uevent', action: 'add', env: { SUBSYSTEM: 'vfio' } }, 0],
  [{ kind: 'log', text: 'A: Removing' }, 1],
  [{ kind: 'log', text: '/^mtty [A-Z]:/', level: 6 }, 1],
  [{ kind: 'log', text: 'Removing', level: 4 }, 0],
  [{ kind: 'call', fn: 'device_add' }, 2],
  [{ kind: 'call', fn: 'device_add', args: { dev: 'A' }, ret: -17 }, 1],
  [{ kind: 'call', fn: 'device_add', args: { dev: 'vfio0' }, ret: -17 }, 0],
  [{ kind: 'callback', driver: 'mtty', op: 'request', args: { dev: 'A', count: 0 } }, 1],
  [{ kind: 'callback', driver: 'mtty', op: 'request', ret: 0 }, 0],
  [{ kind: 'callback', driver: 'mtty', op: 'request', task: 'main' }, 0],
  [{ kind: 'sysfs', change: '+', path: `/sys${P}/A` }, 1],
  [{ kind: 'sysfs', change: '+', path: '/sys/devices/virtual/*/*/A' }, 1],
  [{ kind: 'sysfs', change: '-', path: `/sys${P}/A` }, 0],
];

describe('intent', () => {
  for (const [pattern, is] of PATTERNS) {
    it(`${JSON.stringify(pattern)} occurs ${is} times`, () => {
      expect(broken(times(pattern, is))).to.deep.equal([]);
      expect(broken(times(pattern, is + 1))).to.have.length(1);
    });
  }

  it('never names the event that should not be there', () => {
    expect(broken({ kind: 'never', pattern: remove })).to.deep.equal([
      `expected never: uevent remove of A; found step 3, task main: uevent remove ${P}/A SUBSYSTEM=mdev`,
    ]);
  });

  it('always says that there is none', () => {
    const message = 'expected uevent bind; there is none';
    expect(broken({ kind: 'always', pattern: bind })).to.deep.equal([message]);
    expect(broken({ kind: 'always', pattern: add })).to.deep.equal([]);
  });

  it('before needs both, in this order', () => {
    expect(broken({ kind: 'before', patterns: [add, remove] })).to.deep.equal([]);
    expect(broken({ kind: 'before', patterns: [remove, add] })[0]).to.match(
      /the latter came first/,
    );
    expect(broken({ kind: 'before', patterns: [bind, add] })).to.deep.equal([
      'expected uevent bind before uevent add of A; there is no uevent bind',
    ]);
  });

  it('holds within its step, or after it', () => {
    expect(broken({ kind: 'never', pattern: remove }, { in: 0 })).to.deep.equal([]);
    expect(broken({ kind: 'never', pattern: remove }, { after: 2 })).to.deep.equal([]);
    expect(broken({ kind: 'never', pattern: remove }, { after: 1 })).to.have.length(1);
  });

  it('is left out in other profiles', () => {
    expect(broken({ kind: 'never', pattern: add }, { only: ['linux-6.12'] })).to.deep.equal([]);
  });

  it('is left out where the implementation does not show it', () => {
    const blind: View = { ...view, observes: ['uevent'] };
    expect(broken(times({ kind: 'log', text: 'x' }, 1), {}, blind)).to.deep.equal([]);
    const sysfs: EventPattern = { kind: 'sysfs', change: '+', path: '/sys' };
    const across = rule({ kind: 'before', patterns: [add, sysfs] });
    expect(canJudge(across, view)).to.equal(true);
    expect(canJudge(across, { ...view, order: 'by-kind' })).to.equal(false);
    const withRet: EventPattern = { kind: 'call', fn: 'device_add', ret: 0 };
    expect(canJudge(rule(times(withRet, 1)), { ...view, observes: ['call'] })).to.equal(false);
  });
});
