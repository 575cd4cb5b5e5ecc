import { expect } from 'chai';
import { NEEDS } from '../kernel/doctor.js';
import { useProject } from './testing/mdevct.js';

describe('mdevct kernel', () => {
  const project = useProject();
  const bare = { PATH: '/nowhere', XDG_CACHE_HOME: '/nowhere' };

  it('doctor lists what is missing, and what has it', () => {
    const { status, stdout } = project().mdevct(['kernel', 'doctor'], bare);
    expect(status).to.equal(1);
    expect(stdout).to.match(/^✖ gcc +prepare +builds modules and the agent$/m);
    expect(stdout).to.match(/^✖ qemu-system-x86_64 +run +is the machine$/m);
    expect(stdout).to.match(/^ {2}apt-get install .* gcc make .* qemu-system-x86\n$/m);
  });

  it('doctor says the same as JSON', () => {
    const { stdout } = project().mdevct(['kernel', 'doctor', '--json'], bare);
    const report = JSON.parse(stdout) as { ok: boolean; findings: { name: string }[] };
    expect(report.ok).to.equal(false);
    expect(report.findings.map(({ name }) => name)).to.deep.equal(NEEDS.map(({ name }) => name));
  });

  it('prepare says at once what this machine lacks', () => {
    const { status, stderr, stdout } = project().mdevct(['kernel', 'prepare', '6.1'], bare);
    expect([status, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.match(
      /^mdevct: E_KERNEL_TOOLS this machine lacks apt-get, apt-cache, dpkg-deb/,
    );
    expect(stderr).to.contain('mdevct kernel doctor');
    expect(stderr).not.to.contain('qemu');
  });

  it('prepare knows which kernels there are', () => {
    const { status, stderr } = project().mdevct(['kernel', 'prepare', '2.4'], bare);
    expect(status).to.equal(2);
    expect(stderr).to.match(/^mdevct: E_USAGE .*'2\.4' is invalid.*6\.1, 6\.12/);
  });
});
