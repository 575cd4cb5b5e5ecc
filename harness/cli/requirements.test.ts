import { expect } from 'chai';
import type { JsonProofs } from '../report/requirements/json-types.js';
import { SUITE, SUITE_FILE, golden, useProject } from './testing/mdevct.js';

const [FIRST, SECOND] = ['create-remove.create-then-remove', 'create-remove.duplicate'] as const;

describe('mdevct requirements', () => {
  const project = useProject((fresh) => {
    fresh.bless();
  });
  const requirements = (...args: string[]) =>
    project().run('requirements', '--profile', 'linux-6.1..', ...args);
  const breakCases = (...ids: string[]): void => {
    for (const id of ids) project().write(golden(id), 'rubbish');
  };

  it('lists each with the cases that prove it', () => {
    const { status, stdout, stderr } = requirements();
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(stdout).to.equal(
      [
        'MUST MDEV-CREATE-01  Writing a uuid to the create file of a type makes a device of that type.',
        '  create_store(), drivers/vfio/mdev/mdev_sysfs.c, 6.1',
        '  linux-6.1, linux-6.12',
        '    ✔ proven by 2 cases',
        `      ${FIRST}, ${SECOND}`,
        '',
        '1 requirement, counted per profile: 2 of 2 proven',
        '',
      ].join('\n'),
    );
  });

  it('a case that fails proves nothing, and is named', () => {
    breakCases(FIRST);
    const { status, stdout } = requirements();
    expect(status).to.equal(0);
    expect(stdout).to.contain(
      `    ✔ proven by 1 case\n      ${SECOND}\n    not as expected in 1 case\n      ${FIRST}\n`,
    );
  });

  it('--uncovered has nothing to tell where all is proven', () => {
    const { status, stdout } = requirements('--uncovered');
    expect(status).to.equal(0);
    expect(stdout).to.equal('1 requirement, counted per profile: 2 of 2 proven\n');
  });

  it('--uncovered tells what nothing proves, profile by profile, and exits 1', () => {
    const everywhere = SUITE.replaceAll(/ +profiles: .*\n/g, '');
    project().write(
      SUITE_FILE,
      everywhere.replace(`id: ${SECOND}`, `id: ${SECOND}\n    profiles: [linux-6.1]`),
    );
    breakCases(FIRST);
    const { status, stdout } = requirements('--uncovered');
    expect(status).to.equal(1);
    expect(stdout).to.contain('\n  linux-6.12\n    ✖ nothing proves it\n');
    expect(stdout).not.to.contain('linux-6.1\n');
    expect(stdout).to.contain('1 of 2 proven');
  });

  it('asks for a requirement only where it holds', () => {
    const level = '  level: MUST\n';
    project().edit('suites/requirements.yaml', level, `${level}  profiles: [linux-6.12]\n`);
    expect(requirements().stdout).to.contain('1 of 1 proven');
  });

  it('--json prints one object', () => {
    breakCases(FIRST, SECOND);
    const { status, stdout } = requirements('--json', '--uncovered', '--area', 'create-remove');
    expect(status).to.equal(1);
    const found = JSON.parse(stdout) as JsonProofs;
    expect(found.summary).to.deep.equal({ requirements: 1, claims: 2, proven: 0, ok: false });
    expect(found.requirements[0]!.profiles[0]).to.deep.equal({
      profile: 'linux-6.1',
      proven: false,
      cases: [],
      fails: [FIRST, SECOND],
    });
  });

  it('refuses an area without cases', () => {
    const { status, stderr } = project().run('requirements', '--area', 'kconfig');
    expect(status).to.equal(2);
    expect(stderr).to.equal('mdevct: E_NOTHING no case is selected in kconfig\n');
  });
});
