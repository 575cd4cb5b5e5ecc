import { expect } from 'chai';
import type { JsonReport } from '../report/json-types.js';
import { SUITE_FILE, golden, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.duplicate';

describe('mdevct run', () => {
  const project = useProject((fresh) => {
    fresh.bless();
  });

  it('is green, writes nothing, and exits 0', () => {
    const before = project().snapshot();
    const { status, stdout, stderr } = project().run('run');
    expect(stderr).to.equal('');
    expect(stdout).to.match(/^ +linux-6\.1 +linux-6\.12/);
    expect(stdout).to.match(/create-remove +2 pass +2 pass/);
    expect(stdout).to.match(/4 pass \(2 cases, 4 runs, [\d.]+ s\)\n$/);
    expect(status).to.equal(0);
    expect(project().snapshot()).to.deep.equal(before);
  });

  it('takes ids, globs, suites, areas and profiles', () => {
    for (const args of [
      [CASE],
      ['*.dup*'],
      ['create-remove/basic', '--profile', 'linux-6.12'],
      ['create-remove', '--profile', 'linux-6.12..'],
      ['--area', 'create-remove', '--profile', 'linux-6.1'],
    ]) {
      expect(project().run('run', ...args).stdout, args.join(' ')).to.match(/2 pass \(/);
    }
  });

  it('fails with place, requirement, calls, both traces, and how to run just this', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    const { status, stdout } = project().run('run', CASE);
    expect(status).to.equal(1);
    for (const text of [
      `✖ ${CASE}  linux-6.1, linux-6.12`,
      '  suites/create-remove/basic.yaml:14:5',
      'MUST MDEV-CREATE-01: Writing a uuid',
      '    expected  EBUSY\n    came      EEXIST',
      `run just this one: mdevct run ${CASE} --profile linux-6.1`,
    ]) {
      expect(stdout).to.contain(text);
    }
    expect(stdout).to.match(/✖ {3}3 {2}create mtty\/mtty-2 A +→ EEXIST/);
  });

  it('fails on a golden that was edited, and says what to do', () => {
    project().edit(golden(CASE), '< write = EEXIST', '< write = EBUSY');
    const { status, stdout } = project().run('run', CASE);
    expect(status).to.equal(1);
    expect(stdout).to.contain('E_GOLDEN_UNREVIEWED');
    expect(stdout).to.contain(`mdevct record ${CASE}`);
  });

  it('shows where a trace leaves the golden one', () => {
    project().edit(SUITE_FILE, 'uuid: A }\n        expect: EEXIST', 'uuid: B }');
    const { status, stdout } = project().run('run', CASE);
    expect(status).to.equal(1);
    expect(stdout).to.match(
      /golden {2}main > write .* data=A\n +actual {2}main > write .* data=B\n/,
    );
  });

  it('fails on a case without a golden', () => {
    project().edit(SUITE_FILE, `id: ${CASE}`, 'id: create-remove.other');
    const { status, stdout } = project().run('run', 'create-remove.other');
    expect(status).to.equal(1);
    expect(stdout).to.contain('E_GOLDEN_MISSING');
  });

  it('--json prints one object, in a failing run, too', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    const { status, stdout, stderr } = project().run('run', '--json');
    const report = JSON.parse(stdout) as JsonReport;
    expect(status).to.equal(1);
    expect(stderr).to.equal('');
    expect(report.summary).to.deep.include({ cases: 2, runs: 4, ok: false });
    const verdicts = report.results.map((each) => `${each.case} ${each.profile} ${each.verdict}`);
    expect(verdicts).to.deep.equal([
      'create-remove.create-then-remove linux-6.1 pass',
      'create-remove.create-then-remove linux-6.12 pass',
      `${CASE} linux-6.1 fail`,
      `${CASE} linux-6.12 fail`,
    ]);
  });

  it('gives the same with several threads', () => {
    const withoutTime = (text: string): string => text.replace(/"ms":\d+/, '');
    const [one, two] = ['1', '2'].map((jobs) => project().run('run', '--json', '--jobs', jobs));
    expect(two!.status).to.equal(0);
    expect(withoutTime(two!.stdout)).to.equal(withoutTime(one!.stdout));
  });

  it('colours on request, and not where NO_COLOR says so', () => {
    const args = ['run', '--suites', 'suites', '--golden', 'golden'];
    const escape = '\u001b[';
    expect(project().mdevct(args, { FORCE_COLOR: '1' }).stdout).to.contain(escape);
    expect(project().mdevct(args, { NO_COLOR: '1', FORCE_COLOR: '1' }).stdout).not.to.contain(
      escape,
    );
    expect(project().mdevct(args, { CI: '1' }).stdout).not.to.contain(escape);
  });
});
