import { expect } from 'chai';
import type { JsonComparison } from '../report/compare/json-types.js';
import { SUITE, SUITE_FILE, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.create-then-remove';
const PROFILES = ['linux-6.1', 'linux-6.12'] as const;

describe('mdevct compare', () => {
  const project = useProject();
  const compare = (...args: string[]) =>
    project().mdevct(['compare', ...PROFILES, ...args, '--suites', 'suites']);

  it('counts, sums up in a line per change, and shows each on both sides', () => {
    const before = project().snapshot();
    const { status, stdout, stderr } = compare();
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    for (const text of [
      'linux-6.1 → linux-6.12: 2 changes, in 2 of 2 cases\n',
      '    0  the same trace\n',
      '    2  the same events, in another order\n',
      ' order  vfio_assign_device_set A = 0 comes earlier\n',
      `2 cases: create-remove.duplicate  ${SUITE_FILE}:14:5\n      ${CASE}\n`,
      'MUST MDEV-CREATE-01: Writing a uuid',
    ]) {
      expect(stdout).to.contain(text);
    }
    expect(stdout).to.match(/\n +linux-6\.1 +linux-6\.12\n {4}main > write/);
    expect(stdout).to.match(/\n {4} +\| main +vfio_assign_device_set A = 0\n/);
    expect(stdout).to.match(/\n {4}main vfio_assign_device_set A = 0 +\|\n/);
    expect(project().snapshot()).to.deep.equal(before);
  });

  it('goes the other way round', () => {
    const args = ['compare', 'linux-6.12', 'linux-6.1', '--suites', 'suites'];
    expect(project().mdevct(args).stdout).to.contain('vfio_assign_device_set A = 0 comes later');
  });

  it('tells cases that hold for one of the two apart', () => {
    const everywhere = SUITE.replaceAll(/ +profiles: .*\n/g, '');
    project().write(
      SUITE_FILE,
      everywhere.replace(`id: ${CASE}`, `id: ${CASE}\n    profiles: [linux-6.12]`),
    );
    const { status, stdout } = compare();
    expect(status).to.equal(0);
    expect(stdout).to.contain('    1  for linux-6.12 only, not compared\n');
    const { only } = JSON.parse(compare('--json').stdout) as JsonComparison;
    expect(only).to.deep.equal({ 'linux-6.1': [], 'linux-6.12': [CASE] });
  });

  it('is no failure if a case is not as expected', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    expect(compare().status).to.equal(0);
  });

  it('--json prints one object', () => {
    const { status, stdout } = compare('--json', '*.dup*');
    expect(status).to.equal(0);
    const found = JSON.parse(stdout) as JsonComparison;
    expect(found).to.include({ format: 1, from: 'linux-6.1', to: 'linux-6.12' });
    expect(found.summary).to.deep.include({ compared: 1, equal: 0 });
    const moved = found.changes.find(({ kind }) => kind === 'order')!;
    expect(moved).to.deep.include({
      headline: 'vfio_assign_device_set A = 0 comes earlier',
      moved: 'earlier',
      cases: ['create-remove.duplicate'],
      requirements: ['MDEV-CREATE-01'],
    });
    expect(moved.example.lines.map((line) => line.replace(/ +/g, ' '))).to.deep.equal([
      '+ main vfio_assign_device_set A = 0',
      '- main vfio_assign_device_set A = 0',
    ]);
    expect(found.cases[0]!.changes).to.have.length(found.changes.length);
  });

  it('--markdown prints headings and fenced differences', () => {
    const { status, stdout } = compare('--markdown');
    expect(status).to.equal(0);
    expect(stdout).to.match(/^## linux-6\.1 → linux-6\.12: 2 changes, in 2 of 2 cases\n\n\| cases/);
    expect(stdout).to.contain('. `vfio_assign_device_set A = 0 comes earlier`\n');
    expect(stdout).to.match(/\n```diff\n {2}main > write /);
    expect(stdout.match(/```/g)!.length % 2).to.equal(0);
  });

  it('says so if nothing differs', () => {
    const steps = '      - list: /sys/bus/mdev/devices\n        expect: []\n';
    project().write(SUITE_FILE, `${SUITE.slice(0, SUITE.indexOf('      - insmod'))}${steps}`);
    expect(compare().stdout).to.equal(
      'linux-6.1 → linux-6.12: no difference in 1 case\n    1  the same trace\n',
    );
  });

  for (const [args, message] of [
    [['linux-6.1', 'linux-6.11'], /^E_PROFILE linux-6\.11 is no known profile; did you mean /],
    [['linux-6.1', 'linux-6.1..'], /^E_PROFILE linux-6\.1\.\. is no known profile/],
    [['linux-6.1', 'zzz'], /^E_PROFILE zzz is no known profile; mdevct profiles lists them$/],
    [['linux-6.1', 'linux-6.1'], /^E_USAGE linux-6\.1 is on both sides; /],
    [['linux-6.1'], /^E_USAGE missing required argument 'to'$/],
    [[...PROFILES, '--json', '--markdown'], /^E_USAGE --json and --markdown exclude each other$/],
    [[...PROFILES, 'zzz'], /^E_PATTERN no case fits zzz; /],
    [[...PROFILES, '--area', 'kconfig'], /^E_NOTHING no case is selected in kconfig, /],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      const { status, stdout, stderr } = project().mdevct([
        'compare',
        ...args,
        '--suites',
        'suites',
      ]);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(/^mdevct: .*\n$/);
      expect(stderr.slice('mdevct: '.length, -1)).to.match(message);
    });
  }
});
