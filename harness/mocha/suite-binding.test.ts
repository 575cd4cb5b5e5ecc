/** The binding, in a mocha of its own on suites of its own. */
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { Project, SUITE_FILE, type Result } from '../cli/testing/mdevct.js';

const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const BINDING = new URL('./suite-binding.js', import.meta.url).href;
const IMPLEMENTATION = new URL('../run/implementation.js', import.meta.url).href;

const SPEC = `import { defineSuites } from '${BINDING}';
import { implementation } from '${IMPLEMENTATION}';
await defineSuites(await implementation('reference'), { suites: 'suites', golden: 'golden' });
`;

describe('suite binding', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.write('suites.test.mjs', SPEC);
    project.bless();
  });
  afterEach(() => {
    project.remove();
  });

  function mocha(...args: string[]): Result {
    const argv = [MOCHA, '--no-config', 'suites.test.mjs', ...args];
    return spawnSync(process.execPath, [...argv, '--no-color'], {
      cwd: project.dir,
      encoding: 'utf8',
    });
  }

  it('has one test per case and profile', () => {
    const { status, stdout } = mocha();
    expect(stdout).to.contain('✔ create-remove.duplicate on linux-6.1\n');
    expect(stdout).to.contain('5 passing');
    expect(status).to.equal(0);
  });

  it('knows --grep', () => {
    expect(mocha('--grep', 'duplicate on linux-6.12').stdout).to.contain('1 passing');
  });

  it('fails with the explanation and without a stack', () => {
    project.edit(SUITE_FILE, 'expect: EEXIST', 'expect: EBUSY');
    const { status, stdout } = mocha('--grep', 'duplicate on linux-6.12');
    expect(status).to.equal(1);
    expect(stdout).to.contain('expected  EBUSY');
    expect(stdout).to.contain('mdevct run create-remove.duplicate --profile linux-6.12');
    expect(stdout).not.to.match(/\n +at /);
  });

  it('skips what is not applicable', () => {
    project.edit(SUITE_FILE, '"vendor:mtty"', '"vendor:mdrv"');
    expect(mocha('--grep', 'create-then-remove').stdout).to.contain('2 pending');
  });

  it('has a failing test for what is wrong with the suites', () => {
    project.edit(SUITE_FILE, 'expect: EEXIST', 'expect: EEXISTS');
    const { status, stdout } = mocha();
    expect(status).to.equal(1);
    expect(stdout).to.contain('E_SUITE_ERRNO');
  });
});
