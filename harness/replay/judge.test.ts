import { expect } from 'chai';
import { judge, type Verdict } from './judge.js';
import type { Level } from './levels.js';
import type { Played } from './play.js';
import { log, recorded, sysfs, transcript, uevent } from './testing/transcript.js';
import type { RecordedCall } from './transcript.js';

const A = [log('a'), uevent('add'), sysfs('/x')];
const expected = transcript([recorded('one', 1), recorded('two', 2, A)]);

function verdict(second: RecordedCall, asked: Level = 3, first = recorded('one', 1)): Verdict {
  return judge(expected, { trace: [first, second] }, asked);
}

describe('judge', () => {
  it('finds nothing where nothing differs', () => {
    expect(verdict(recorded('two', 2, A))).to.deep.equal({ level: 3 });
  });

  const broken: Record<string, [RecordedCall, Verdict['level'], string?, string?]> = {
    'another result': [recorded('two', 3, A), 0, '< write = 2', '< write = 3'],
    'another uevent': [
      recorded('two', 2, [log('a'), uevent('remove'), sysfs('/x')]),
      1,
      'uevent add /d',
      'uevent remove /d',
    ],
    'a missing log': [recorded('two', 2, A.slice(1)), 1, 'log <6> a', undefined],
    'another event': [recorded('two', 2, [...A, sysfs('/y')]), 2, undefined, '+ /y'],
    'another order': [
      recorded('two', 2, [sysfs('/x'), log('a'), uevent('add')]),
      2,
      'log <6> a',
      '+ /x',
    ],
    'another order of uevents and log': [
      recorded('two', 2, [uevent('add'), log('a'), sysfs('/x')]),
      2,
      'log <6> a',
      'uevent add /d',
    ],
  };
  for (const [what, [call, level, left, right]] of Object.entries(broken)) {
    it(`sees ${what}`, () => {
      const { level: holds, mismatch } = verdict(call);
      expect(holds).to.equal(level);
      expect(mismatch).to.include({ level: level + 1, step: 'two', line: 7 });
      expect([mismatch?.expected, mismatch?.actual]).to.deep.equal([left, right]);
    });

    it(`does not mind ${what} at the levels that hold`, () => {
      for (const asked of [1, 2, 3] as const) {
        const { level: holds, mismatch } = verdict(call, asked);
        expect(holds).to.equal(level);
        expect(mismatch === undefined).to.equal(asked <= level);
      }
    });
  }

  it('shows the lowest level that breaks, and where the traces part before', () => {
    const first = recorded('one', 1, [sysfs('/z')]);
    const { level, mismatch } = verdict(recorded('two', 5, A), 3, first);
    expect(level).to.equal(0);
    expect(mismatch).to.include({ step: 'two', actual: '< write = 5' });
    expect(mismatch!.earlier).to.include({ step: 'one', actual: '+ /z' });
    expect(verdict(recorded('two', 5, A), 1, first).mismatch).not.to.have.property('earlier');
  });

  it('names the first line of a long answer that differs', () => {
    const list = (...names: string[]): RecordedCall => ({
      ...recorded('list', 0),
      answer: { ret: 0, names },
    });
    const played: Played = { trace: [list('a', 'c')] };
    expect(judge(transcript([list('a', 'b')]), played, 1).mismatch).to.include({
      expected: 'name b',
      actual: 'name c',
    });
  });

  it('takes a fault for a mismatch of level 1 at the call without an answer', () => {
    const played: Played = { trace: [recorded('one', 1)], fault: 'KernelBug: LEAK' };
    const { level, mismatch } = judge(expected, played, 3);
    expect(level).to.equal(0);
    expect(mismatch).to.include({
      level: 1,
      step: 'two',
      expected: '< write = 2',
      actual: '! KernelBug: LEAK',
    });
    expect(mismatch!.texts.actual).to.contain('main ! KernelBug: LEAK\n');
  });

  it('leaves out what the header does not count', () => {
    const call = (fn: string) => ({ ev: 'call', task: 'main', fn, args: {} }) as const;
    const header = { points: ['f', 'g'], unordered: ['g', 'log'] };
    const left = transcript([recorded('a', 0, [call('f'), call('g'), log('x')])], header);
    const came = recorded('a', 0, [call('h'), call('f'), log('y')]);
    expect(judge(left, { trace: [came] }, 3)).to.deep.equal({ level: 3 });
  });
});
