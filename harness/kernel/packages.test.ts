import { expect } from 'chai';
import { headerParts, imageOf, releaseOf } from './packages.js';

describe('packages of a kernel', () => {
  const names = [
    'linux-image-6.1.0-9-amd64',
    'linux-image-6.1.0-56-amd64',
    'linux-image-6.1.0-56-amd64-dbg',
    'linux-image-6.1.0-56-cloud-amd64',
    'linux-image-6.1.0-57-rt-amd64',
    'linux-image-6.12.115+deb12-amd64',
    'linux-image-6.12.117+deb12-amd64',
    'linux-image-6.12.117+deb12-amd64-unsigned',
    'linux-image-6.12.118+deb12-rt-amd64',
  ];

  it('takes the newest image, by its numbers and not its letters', () => {
    expect(imageOf('6.1', names)).to.equal('linux-image-6.1.0-56-amd64');
    expect(imageOf('6.12', names)).to.equal('linux-image-6.12.117+deb12-amd64');
  });

  it('takes no flavour for clouds, real time or debuggers', () => {
    const others = names.filter((name) => !/^linux-image-[^a-z]*(deb12)?-amd64$/.test(name));
    expect(others).to.have.length(5);
    for (const version of ['6.1', '6.12']) {
      expect(() => imageOf(version, others))
        .to.throw(/no package linux-image-6\.1.* apt-get update .* --image/)
        .with.property('code', 'E_KERNEL_PACKAGE');
    }
  });

  it('reads the release out of the name of an image', () => {
    expect(releaseOf('linux-image-6.1.0-56-amd64')).to.equal('6.1.0-56-amd64');
    expect(releaseOf('linux-image-6.1.0-56-amd64-unsigned')).to.equal('6.1.0-56-amd64');
    expect(() => releaseOf('bash')).to.throw('bash is no package of a kernel');
  });

  it('finds the parts of headers among all that they depend on', () => {
    const depends = `linux-headers-6.12.117+deb12-amd64
  Depends: linux-base
  Depends: linux-headers-6.12.117+deb12-common
 |Depends: linux-image-6.12.117+deb12-amd64
  Depends: linux-image-6.12.117+deb12-amd64-unsigned
  Depends: linux-kbuild-6.12.117+deb12
  Depends: gcc-12
`;
    expect(headerParts(depends)).to.deep.equal([
      'linux-headers-6.12.117+deb12-common',
      'linux-kbuild-6.12.117+deb12',
    ]);
  });
});
