import { expect } from 'chai';
import type { Answer } from '../adapter/protocol.js';
import type { Expectation } from './compiled.js';
import { checkAnswer } from './judge.js';
import { UUIDS } from './uuids.js';

const A = UUIDS.A!;
const check = (expectation: Expectation, answer: Answer) =>
  checkAnswer(expectation, answer, 'linux-6.1');

/** What is expected, an answer that is so, one that is not, and what is said then. */
const ROWS: readonly (readonly [Expectation, Answer, Answer, string, string])[] = [
  [{ kind: 'success' }, { ret: 0 }, { errno: 'EIO' }, 'success', 'EIO'],
  [{ kind: 'errno', errno: 'EIO' }, { errno: 'EIO' }, { ret: 36 }, 'EIO', 'ret 36'],
  [{ kind: 'ret', ret: 1 }, { ret: 1 }, { ret: 2 }, 'ret 1', 'ret 2'],
  [{ kind: 'ret', ret: 1 }, { ret: 1 }, { errno: 'EIO', ret: 1 }, 'ret 1', 'EIO'],
  [
    { kind: 'data', data: '12', trim: true },
    { ret: 3, data: '12\n' },
    { ret: 3, data: '11\n' },
    'data "12"',
    'data "11\\n", ret 3',
  ],
  [
    { kind: 'data', data: '12', trim: false },
    { data: '12' },
    { data: '12\n' },
    'data "12"',
    'data "12\\n"',
  ],
  [
    { kind: 'matches', pattern: '^a' },
    { data: 'ab' },
    {},
    'data that matches /^a/',
    'an empty answer',
  ],
  [
    { kind: 'names', names: [A, 'x/'] },
    { names: ['x/', `${A}@`] },
    { names: [`${A}@`] },
    'names [A, x/]',
    'names [A@]',
  ],
  [{ kind: 'names', names: [] }, { names: [] }, { names: ['vfio'] }, 'names []', 'names [vfio]'],
  [
    { kind: 'names', names: ['x@'] },
    { names: ['x@'] },
    { names: ['x/'] },
    'names [x@]',
    'names [x/]',
  ],
  [
    { kind: 'includes', names: ['drivers/mtty'] },
    { entries: [{ path: '/sys/bus/mdev/drivers/mtty', mode: '40755' }] },
    { entries: [] },
    'names with drivers/mtty',
    '0 entries',
  ],
  [
    { kind: 'excludes', names: ['x'] },
    { names: ['y'] },
    { names: ['x@', 'y'] },
    'names without x',
    'names [x@, y]',
  ],
  [{ kind: 'hex', hex: '00' }, { hex: '00' }, { hex: '01' }, 'bytes 00', 'bytes 01'],
  [{ kind: 'arg', arg: 3 }, { arg: 3 }, { arg: 4 }, 'arg 3', 'arg 4'],
  [{ kind: 'arg-hex', hex: '00' }, { arg: { hex: '00' } }, { arg: 0 }, 'arg of bytes 00', 'arg 0'],
  [
    { kind: 'values', values: { A: 'm', B: 'none' } },
    { ret: 0, values: { A: 'm', C: 'y' } },
    { ret: 0, values: { A: 'm', B: 'n' } },
    'values A=m B=none',
    'values A=m B=n, ret 0',
  ],
  [{ kind: 'values', values: {} }, { values: {} }, { ret: 0 }, 'values ', 'ret 0'],
  [
    { kind: 'state', state: 'blocked' },
    { state: 'blocked' },
    { state: 'done', result: { ret: 1 } },
    'task blocked',
    'task done, result ret 1',
  ],
  [
    { kind: 'result', result: { kind: 'errno', errno: 'EIO' } },
    { state: 'done', result: { errno: 'EIO' } },
    { state: 'done' },
    'a task with result EIO',
    'task done',
  ],
  [
    { kind: 'exists' },
    { errno: 'EINVAL' },
    { errno: 'ENOENT' },
    'something at that path',
    'ENOENT',
  ],
  [
    {
      kind: 'all',
      of: [
        { kind: 'ret', ret: 2 },
        { kind: 'hex', hex: '0001' },
      ],
    },
    { ret: 2, hex: '0001' },
    { ret: 1, hex: '00' },
    'ret 2 and bytes 0001',
    'bytes 00, ret 1',
  ],
  [
    {
      kind: 'by-profile',
      rows: [
        { profiles: ['linux-6.12'], expect: { kind: 'errno', errno: 'ENODEV' } },
        { profiles: ['linux-6.1'], expect: { kind: 'success' } },
      ],
    },
    { ret: 12 },
    { errno: 'ENODEV' },
    'success',
    'ENODEV',
  ],
];

describe('checkAnswer', () => {
  for (const [expectation, right, wrong, expected, actual] of ROWS) {
    it(`${expectation.kind}: ${expected}, not ${actual}`, () => {
      expect(check(expectation, right)).to.equal(undefined);
      expect(check(expectation, wrong)).to.deep.equal({ expected, actual });
    });
  }
});
