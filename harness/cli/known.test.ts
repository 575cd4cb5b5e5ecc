import { expect } from 'chai';
import { useProject } from './testing/mdevct.js';

const ID = 'create-remove.duplicate';
const FILE = 'known.yaml';

/** An accepted golden that says otherwise than the reference. */
describe('mdevct with known failures', () => {
  const project = useProject((each) => {
    each.bless();
    each.edit('suites/create-remove/basic.yaml', 'expect: EEXIST', 'expect: EBUSY');
  });
  const run = (...more: string[]) => project().run('run', '--known-failures', FILE, ...more);
  const propose = (...more: string[]) =>
    project().mdevct([
      ...['known', 'propose', '--known-failures', FILE, '--suites', 'suites'],
      ...['--golden', 'golden', ...more],
    ]);
  const complete = ['--reason', 'It is slow.', '--link', 'https://example.org/1'];

  it('proposes entries that count once they are complete', () => {
    expect(propose().stdout).to.equal(
      '1 entry added to known.yaml; complete their reasons and links by hand\n',
    );
    const refused = run();
    expect(refused.status).to.equal(2);
    expect(refused.stderr).to.match(/known\.yaml:9:11 E_SUITE_VALUE "" is not a sentence/);
    project().edit(FILE, 'reason: ""', 'reason: It is slow.');
    project().edit(FILE, 'link: ""', 'link: https://example.org/1');
    const accepted = run();
    expect(accepted.status, accepted.stderr).to.equal(0);
    expect(accepted.stdout).to.contain('2 pass, 2 known to fail (');
    expect(accepted.stdout).not.to.contain('EBUSY');
  });

  it('proposes entries for the implementation that is named', () => {
    const told = propose('--adapter', 'reference:linux-6.12', ...complete);
    expect(told.stdout, told.stderr).to.equal('1 entry added to known.yaml\n');
    const none = propose('--adapter', 'exec:no-such-program');
    expect([none.status, none.stdout]).to.deep.equal([2, '']);
    expect(none.stderr).to.contain('no-such-program');
  });

  it('keeps what is in the file, and has nothing to add a second time', () => {
    project().write(FILE, '# mine\n');
    propose(...complete);
    const text = project().read(FILE);
    expect(text).to.match(/^# mine\n\n# step 3: expected EBUSY, came EEXIST\n- case: create/);
    expect(propose(...complete).stdout).to.equal('0 entries added to known.yaml\n');
    expect(project().read(FILE)).to.equal(text);
  });

  it('is red when a failure is none any more, has changed or is out of date', () => {
    propose(...complete);
    project().edit('suites/create-remove/basic.yaml', 'expect: EBUSY', 'expect: EIO');
    const changed = run();
    expect(changed.status).to.equal(1);
    expect(changed.stdout).to.match(
      /known\.yaml:\d+:\d+ E_KNOWN_CHANGED create-remove.duplicate fails in linux-6.1, linux-6.12/,
    );
    expect(changed.stdout).to.contain('2 pass, 2 fail, 1 wrong entry of known failures (');
    project().edit('suites/create-remove/basic.yaml', 'expect: EIO', 'expect: EEXIST');
    project().edit(FILE, /review-by: \S+/.exec(project().read(FILE))![0], 'review-by: 2020-01-01');
    const { status, stdout } = run('--json');
    const { summary, known } = JSON.parse(stdout);
    expect([status, summary.ok]).to.deep.equal([1, false]);
    expect(known.map(({ code }: { code: string }) => code)).to.deep.equal([
      'E_KNOWN_STALE',
      'E_KNOWN_EXPIRED',
    ]);
  });

  it('tells scripts what is known of a failure', () => {
    propose(...complete);
    const { results, known } = JSON.parse(run('--json', ID).stdout);
    expect(results[0]).to.deep.include({ verdict: 'known-failure', case: ID });
    expect(results[0].known).to.include({ reason: 'It is slow.', link: 'https://example.org/1' });
    expect(known).to.deep.equal([]);
  });

  it('minds entries about nothing only when everything is run', () => {
    propose(...complete);
    project().edit(FILE, ID, 'create-remove.nowhere');
    expect(run().stdout).to.contain('E_KNOWN_UNMATCHED create-remove.nowhere was not run');
    expect(run('create-remove.create-then-remove').status).to.equal(0);
  });

  it('refuses a file that is not there or no list', () => {
    expect(run().stderr).to.match(/known\.yaml E_SUITE_UNREADABLE/);
    project().write(FILE, '[]\n');
    const { status, stderr } = propose(...complete);
    expect([status, stderr]).to.deep.equal([
      2,
      'mdevct: E_KNOWN known.yaml is no plain list: write its entries as "- case: …", at the start of lines\n',
    ]);
    expect(project().read(FILE)).to.equal('[]\n');
  });

  it('loses nothing when the file cannot be written', () => {
    const { status, stderr } = propose(...complete, '--known-failures', 'nowhere/known.yaml');
    expect(status).to.equal(2);
    expect(stderr).to.match(/^mdevct: E_WRITE nowhere\/known\.yaml cannot be written: ENOENT/);
  });
});
