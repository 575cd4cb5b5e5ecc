import { expect } from 'chai';
import { NEEDS, examine } from './doctor.js';

describe('examine', () => {
  const found = (path: string | undefined, ...files: string[]): string[] =>
    examine(path, (file) => files.includes(file))
      .filter((each) => each.found)
      .map(({ name }) => name);

  it('finds programs in any folder of PATH', () => {
    expect(found('/bin:/usr/bin', '/usr/bin/gcc', '/bin/make')).to.deep.equal(['gcc', 'make']);
  });

  it('finds nothing without a PATH, nor in the current folder', () => {
    expect(found(undefined, 'gcc', '/gcc')).to.deep.equal([]);
    expect(found('::', 'gcc', '/gcc')).to.deep.equal([]);
  });

  it('finds files in one of their places', () => {
    expect(found('', '/usr/lib64/libc.a')).to.deep.equal(['libc.a']);
    expect(found('/usr/lib64', '/usr/lib64/gcc')).to.deep.equal(['gcc']);
  });

  it('says of everything what has it', () => {
    for (const need of NEEDS) expect(need.package, need.name).to.match(/^[a-z0-9+.-]+$/);
  });
});
