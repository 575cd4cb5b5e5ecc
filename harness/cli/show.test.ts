/** show, list and profiles as processes. */
import { expect } from 'chai';
import { golden, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.create-then-remove';

describe('mdevct show', () => {
  const project = useProject();
  const show = (...args: string[]): string => {
    const { status, stdout, stderr } = project().run('show', CASE, ...args);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    return stdout;
  };

  it('shows place, requirement, intent and steps', () => {
    const text = show();
    for (const part of [
      `${CASE}\nA device that was created can be removed\nsuites/create-remove/basic.yaml:4:5\n`,
      'MUST MDEV-CREATE-01: Writing a uuid',
      '  create_store(), drivers/vfio/mdev/mdev_sysfs.c, 6.1\n',
      'profiles  linux-6.1, linux-6.12\n',
      'intent    uevent add of A before uevent remove of A\n',
    ]) {
      expect(text).to.contain(part);
    }
    expect(text).to.match(/ {2}3 {2}remove A +→ success\n$/);
  });

  it('--calls shows what is sent', () => {
    expect(show('--calls')).to.contain(
      '       write {"path":"/sys/bus/mdev/devices/A/remove","data":"1"}\n',
    );
  });

  it('--trace shows the golden, or what happens where there is none', () => {
    expect(show('--trace')).to.contain('actual trace of linux-6.1');
    project().bless();
    expect(show('--trace')).to.contain('golden trace of linux-6.1');
    const one = show('--trace', '--profile', 'linux-6.12');
    expect(one).to.contain('golden trace of linux-6.12\n  main > insmod mtty\n');
    expect(one).not.to.contain('trace of linux-6.1\n');
    expect(show('--actual')).to.contain('actual trace of');
  });

  it('takes a broken golden for none', () => {
    project().write(golden(CASE), 'rubbish');
    expect(show('--trace')).to.contain('actual trace of');
  });

  it('--json prints one object', () => {
    const found = JSON.parse(show('--json', '--trace')) as {
      case: { id: string };
      traces: { from: string };
    };
    expect(found.case.id).to.equal(CASE);
    expect(found.traces.from).to.equal('actual');
  });
});

describe('mdevct list and profiles', () => {
  const project = useProject();

  it('list names cases by suite', () => {
    const { status, stdout } = project().run('list');
    expect(status).to.equal(0);
    expect(stdout).to.contain(`create-remove/basic\n  ${CASE}\n    A device that`);
    expect(stdout).to.match(/\n2 cases in 1 suite\n$/);
  });

  it('list --json is one object', () => {
    const { stdout } = project().run('list', '--json', '*.dup*');
    const { cases } = JSON.parse(stdout) as { cases: { id: string; profiles: string[] }[] };
    expect(cases).to.have.length(1);
    expect(cases[0]!.profiles).to.deep.equal(['linux-6.1', 'linux-6.12']);
  });

  it('profiles lists the eras', () => {
    expect(project().mdevct(['profiles']).stdout).to.match(/^linux-6\.1 +\S.*\nlinux-6\.12 +\S/m);
    const { profiles } = JSON.parse(project().mdevct(['profiles', '--json']).stdout) as {
      profiles: { name: string }[];
    };
    expect(profiles.map(({ name }) => name)).to.include('linux-6.12');
  });
});
