import { expect } from 'chai';
import pc from 'picocolors';
import { A, caseOf } from '../run/testing/fixtures.js';
import type { EventPattern, IntentRule } from '../suite/compiled.js';
import { callLines, headLines, stepLines } from './show-text.js';

const source = { file: 'f', line: 1, column: 1 };
const pattern: EventPattern = { kind: 'log', text: 'hello' };
const rules: IntentRule[] = [
  { claim: { kind: 'never', pattern }, in: 1, source },
  { claim: { kind: 'always', pattern }, after: 0, source },
  { claim: { kind: 'count', pattern, is: 2 }, only: ['old'], source },
  { claim: { kind: 'before', patterns: [pattern, pattern] }, source },
];

const compiled = caseOf(
  [
    { call: { method: 'open', params: { path: '/dev/vfio/0' } }, bind: 'group' },
    {
      call: {
        method: 'ioctl',
        params: { fd: { ref: 'group' }, request: 'VFIO_GROUP_GET_DEVICE_FD', arg: A },
      },
      only: ['old'],
    },
  ],
  { intent: rules, loaded: [{ module: 'mdev' }, { module: 'mscript', params: 'avail=1' }] },
);

describe('a case as text', () => {
  it('says what must be true of the events', () => {
    const lines = headLines({ case: compiled, profiles: ['old'] }, [], pc.createColors(false));
    expect(lines.filter((line) => /^intent|^loaded/.test(line))).to.deep.equal([
      'loaded    mdev, mscript avail=1',
      'intent    never log "hello", in step 2',
      'intent    log "hello", after step 1',
      'intent    2 times log "hello", in old',
      'intent    log "hello" before log "hello"',
    ]);
  });

  it('shows the steps with what is expected', () => {
    expect(stepLines(compiled)).to.deep.equal([
      '  1  step open   → success',
      '  2  step ioctl  → success  (only old)',
    ]);
  });

  it('shows the calls, with names for descriptors and letters for uuids', () => {
    const calls = callLines(compiled).filter((line) => line.startsWith('     '));
    expect(calls).to.deep.equal([
      '       open {"path":"/dev/vfio/0"}  as $group',
      '       ioctl {"fd":"$group","request":"VFIO_GROUP_GET_DEVICE_FD","arg":"A"}',
    ]);
  });
});
