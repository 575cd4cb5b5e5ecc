import { expect } from 'chai';
import { HarnessError } from '../../errors.js';
import { TranscriptError } from '../error.js';
import { judge } from '../judge.js';
import type { Judged, Outcome } from '../replay.js';
import { recorded, sysfs, transcript, uevent } from '../testing/transcript.js';
import { errorLine, HumanReport } from './human.js';
import { jsonReport } from './json.js';
import { exitStatus } from './tally.js';

const UUID = '83b8f4f2-509f-382f-3c1e-e6bfe0fa1001';
const X = recorded('create', 0, [sysfs(`/sys/${UUID}`), uevent('add', `/${UUID}`)]);

function judged(file: string, ...events: Parameters<typeof recorded>[2] & object): Judged {
  const verdict = judge(transcript([X]), { trace: [recorded('create', 0, events)] }, 3);
  return { file, implementation: 'model', ...verdict };
}

const good = judged('good', ...X.events);
const bad = judged('bad', sysfs(`/sys/${UUID}`), uevent('bind', `/${UUID}`));
const unplaced: Outcome = { file: 'x', error: new HarnessError('E_PROFILE', 'unknown') };
const unread: Outcome = {
  file: 'y',
  error: new TranscriptError('E_TRANSCRIPT_JSON', 'y', 3, 'no'),
};

describe('the human report', () => {
  it('says nothing of files that hold, and sums up', () => {
    const report = new HumanReport();
    expect(report.text(good) + report.text(unread)).to.equal('');
    expect(report.summary([good])).to.equal('1 file: L1 1, L2 1, L3 1');
    expect(report.summary([good, bad, unread])).to.equal(
      '3 files: L1 2, L2 1, L3 1; 1 could not be judged',
    );
  });

  it('shows both sides, aligned, with letters for uuids', () => {
    expect(new HumanReport().text(bad).split('\n')).to.deep.equal([
      'FAIL bad: L1 holds, L2 does not',
      '',
      '  step    create',
      '  call    write /create data=x  line 7',
      '  kernel  uevent add /A',
      '  model   uevent bind /A',
      '',
      '    kernel                          model',
      '    main > write /create data=x     main > write /create data=x',
      '    main   + /sys/A                 main   + /sys/A',
      '    main   uevent add /A        |   main   uevent bind /A',
      '    main < write = 0                main < write = 0',
      `    A = ${UUID}`,
      '',
      '',
    ]);
  });

  it('says where the traces part before the call that is shown', () => {
    const came = [recorded('create', 0, [sysfs('/else')]), recorded('remove', 1)];
    const verdict = judge(transcript([X, recorded('remove', 0)]), { trace: came }, 3);
    const result: Judged = { file: 'bad', implementation: 'model', ...verdict };
    expect(new HumanReport().text(result)).to.contain(
      '  earlier  line 7, write /create data=x: "+ /else" for "+ /sys/A"\n',
    );
  });

  it('shows the same difference once, whatever the uuids', () => {
    const report = new HumanReport();
    report.text(bad);
    expect(report.text({ ...bad, file: 'worse' })).to.equal(
      'FAIL worse: L1 holds, L2 does not; the same difference as in bad\n',
    );
    expect(report.text(judged('other', sysfs('/else')))).to.contain('kernel');
  });

  it('stacks the sides where they do not fit beside each other', () => {
    const lines = new HumanReport({ width: 60 }).text(bad).split('\n');
    expect(lines).to.include.members(['  -   main   uevent add /A', '  +   main   uevent bind /A']);
  });

  it('says why a file could not be judged', () => {
    expect(errorLine(unread)).to.equal('y:3 E_TRANSCRIPT_JSON no');
    expect(errorLine(unplaced)).to.equal('x E_PROFILE unknown');
  });
});

describe('the JSON report', () => {
  it('is one object', () => {
    expect(JSON.parse(jsonReport([good, bad, unread]))).to.deep.equal({
      files: 3,
      L1: 2,
      L2: 1,
      L3: 1,
      results: [
        { file: 'good', level: 3 },
        {
          file: 'bad',
          level: 1,
          step: 'create',
          call: 'write /create data=x',
          expected: `uevent add /${UUID}`,
          actual: `uevent bind /${UUID}`,
        },
        { file: 'y', level: 0, error: { code: 'E_TRANSCRIPT_JSON', message: 'y:3: no' } },
      ],
    });
  });
});

describe('the exit status', () => {
  it('depends on the asked level', () => {
    expect(exitStatus([good], 3)).to.equal(0);
    expect(exitStatus([good, bad], 1)).to.equal(0);
    expect(exitStatus([good, bad], 2)).to.equal(1);
    expect(exitStatus([good, bad, unplaced], 1)).to.equal(2);
  });
});
