/** The command line as it is built and packed, where it differs from the one that other tests run. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './root.js';
import { useProject } from './testing/mdevct.js';

const BUILT = join(ROOT, 'build/cli/main.js');

describe('the command line as it is built', function () {
  this.timeout(30_000);
  const project = useProject((each) => each.bless());
  const run = (...args: string[]): string =>
    execFileSync(
      process.execPath,
      [BUILT, 'run', '--suites', 'suites', '--golden', 'golden', ...args],
      { cwd: project().dir, encoding: 'utf8' },
    );

  it('runs the suite, in threads, too', () => {
    expect(run()).to.contain('4 pass (2 cases, 4 runs');
    expect(run('--jobs', '2')).to.contain('4 pass (2 cases, 4 runs');
  });

  it('loads a module of the user’s', () => {
    const module = join(ROOT, 'build/harness/adapter/testing/reference-module.js');
    expect(run('--adapter', `module:${module}`, '--profile', 'linux-6.1')).to.contain(
      '2 pass (2 cases, 2 runs',
    );
  });
});
