/** record, accept and reject as processes. */
import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SUITE_FILE, golden, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.duplicate';
const pending = golden(CASE).replace('golden/', 'golden/.pending/');

describe('mdevct record', () => {
  const project = useProject();
  const has = (path: string): boolean => existsSync(join(project().dir, path));

  it('proposes, shows a diff, and changes no golden', () => {
    const { status, stdout, stderr } = project().run('record', CASE);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(stdout).to.match(
      /^--- \/dev\/null\n\+\+\+ b\/create-remove\/create-remove\.duplicate\.trace/,
    );
    expect(stdout).to.contain('+  main < write = EEXIST');
    expect(stdout).to.contain('1 golden to review, 0 unchanged');
    expect([has(golden(CASE)), has(pending)]).to.deep.equal([false, true]);
  });

  it('changes nothing where nothing has changed', () => {
    project().bless();
    const before = project().snapshot();
    expect(project().run('record').stdout).to.equal('0 goldens to review, 2 unchanged\n');
    expect(project().snapshot()).to.deep.equal(before);
  });

  it('does not record what is not as expected', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    const { status, stdout } = project().run('record', '--quiet');
    expect(status).to.equal(1);
    expect(stdout).to.contain(`✖ ${CASE}`);
    expect(stdout).to.contain('not recorded: 1 case not as expected');
    expect(has(pending)).to.equal(false);
  });

  it('forgets profiles in which the case is no longer run', () => {
    project().bless();
    project().edit(
      SUITE_FILE,
      'EEXIST\n    profiles: [linux-6.1..]',
      'EEXIST\n    profiles: [linux-6.12]',
    );
    expect(project().run('record', CASE).stdout).to.contain('-profiles linux-6.1');
    const { stdout } = project().run('accept', CASE, '--reason', 'only there');
    expect(stdout).to.equal(`accepted ${CASE} (trim)\n`);
    expect(project().run('check').status).to.equal(0);
  });

  it('--json names the state of each case', () => {
    const { stdout } = project().run('record', '--json', CASE);
    expect(JSON.parse(stdout)).to.deep.equal({ recorded: [{ id: CASE, state: 'pending' }] });
  });

  it('proposes an edited golden anew', () => {
    project().bless();
    project().edit(golden(CASE), '< write = EEXIST', '< write = EBUSY');
    expect(project().run('record', CASE).stdout).to.contain('+  main < write = EEXIST');
  });
});

describe('mdevct accept and reject', () => {
  const project = useProject((fresh) => {
    fresh.run('record', '--quiet');
  });
  const accept = (...args: string[]) => project().run('accept', ...args);

  it('accept keeps the reason in the golden', () => {
    const { status, stdout } = accept(CASE, '--reason', 'read against 6.1.192');
    expect(status).to.equal(0);
    expect(stdout).to.equal(`accepted ${CASE} (create)\n`);
    expect(project().read(golden(CASE))).to.match(
      /\nreview sha256:[0-9a-f]{64} create \d{4}-\d\d-\d\d read against 6\.1\.192\n$/,
    );
  });

  it('take suites and areas', () => {
    expect(
      project()
        .run('reject', 'create-remove/basic')
        .stdout.match(/rejected/g),
    ).to.have.length(2);
    project().run('record', '--quiet');
    expect(accept('create-remove', '--reason', 'x').stdout.match(/accepted/g)).to.have.length(2);
  });

  it('accept knows no golden of a case that is gone', () => {
    project().edit(SUITE_FILE, `id: ${CASE}`, 'id: create-remove.renamed');
    const { status, stdout, stderr } = accept('--all', '--reason', 'x');
    expect(status).to.equal(2);
    expect(stdout).to.equal('accepted create-remove.create-then-remove (create)\n');
    expect(stderr).to.contain(
      `E_GOLDEN_ORPHAN golden/create-remove/${CASE}.trace:1: there is no case ${CASE} any more; ` +
        `mdevct reject ${CASE}\n`,
    );
    expect(project().run('reject', CASE).status).to.equal(0);
  });

  it('accept needs a reason', () => {
    const { status, stderr } = accept(CASE);
    expect(status).to.equal(2);
    expect(stderr).to.match(/^mdevct: E_USAGE required option '--reason <text>' not specified\n$/);
    expect(accept(CASE, '--reason', ' ').stderr).to.match(/^mdevct: E_REVIEW /);
  });

  it('want to be told which, in so many words', () => {
    for (const args of [[], [CASE, '--all']]) {
      const { status, stderr } = project().run('reject', ...args);
      expect(status).to.equal(2);
      expect(stderr).to.contain('E_USAGE name the cases that are meant, or say --all, not both');
    }
  });

  it('know near misses', () => {
    expect(project().run('reject', 'create-remove.duplicat').stderr).to.equal(
      `mdevct: E_PATTERN nothing is pending for create-remove.duplicat; did you mean ${CASE}?\n`,
    );
    expect(project().run('reject', 'zzz').stderr).to.contain('nothing is pending for zzz\n');
  });

  it('reject drops a proposal, also a broken one', () => {
    project().write(pending, 'rubbish');
    expect(project().run('reject', CASE).stdout).to.equal(`rejected ${CASE}\n`);
    project().run('reject', '--all');
    expect(project().run('reject', '--all').stderr).to.contain('E_NOTHING');
  });

  it('accept takes the others when one is stale', () => {
    accept('--all', '--reason', 'first');
    project().edit(SUITE_FILE, 'uuid: A }\n      - remove: A', 'uuid: B }\n      - remove: B');
    project().edit(
      SUITE_FILE,
      'before: [{ uevent: add, of: A }, { uevent: remove, of: A }]',
      'always: { uevent: add, of: B }',
    );
    project().edit(SUITE_FILE, 'uuid: A }\n        expect: EEXIST', 'uuid: B }');
    project().run('record', '--quiet');
    project().edit(golden(CASE), 'first', 'changed by somebody else');
    const { status, stdout, stderr } = accept('--all', '--reason', 'second');
    expect(status).to.equal(2);
    expect(stdout).to.equal('accepted create-remove.create-then-remove (fix)\n');
    expect(stderr).to.contain('mdevct: E_PENDING_STALE');
  });
});
