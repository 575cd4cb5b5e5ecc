import { expect } from 'chai';
import { SUITE_FILE, golden, useProject } from './testing/mdevct.js';

const CASE = 'create-remove.duplicate';

describe('mdevct check', () => {
  const project = useProject((fresh) => {
    fresh.bless();
  });
  const wrong = (): string => {
    const { status, stdout, stderr } = project().run('check');
    expect(status).to.equal(2);
    expect(stdout).to.equal('');
    return stderr;
  };

  it('says that all is sound, and exits 0', () => {
    const { status, stdout } = project().run('check');
    expect(stdout).to.equal('2 cases, 1 requirement, 2 goldens: all sound\n');
    expect(status).to.equal(0);
  });

  it('tells of every suite error in one go, with line and caret', () => {
    project().edit(SUITE_FILE, 'remove: A\n', 'remov: A\n');
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EEXISTS');
    const text = wrong();
    expect(text).to.contain('suites/create-remove/basic.yaml:11:9 E_SUITE_UNKNOWN_VERB');
    expect(text).to.contain('suites/create-remove/basic.yaml:22:17 E_SUITE_ERRNO');
    expect(text).to.match(
      / {2}22 \| {9}expect: EEXISTS\n {5}\| {17}\^+\n {2}hint: did you mean EEXIST\?/,
    );
    expect(text).to.match(/mdevct: E_CHECK 2 errors in suites and goldens\n$/);
  });

  it('tells of goldens and cases without each other', () => {
    project().edit(SUITE_FILE, `id: ${CASE}`, 'id: create-remove.renamed');
    project().write('golden/create-remove/stray.trace', 'x');
    const text = wrong();
    expect(text).to.contain(`${golden(CASE)}:1 E_GOLDEN_ORPHAN`);
    expect(text).to.contain('golden/create-remove/stray.trace:1 E_GOLDEN_ORPHAN');
    expect(text).to.contain(`${golden('create-remove.renamed')}:1 E_GOLDEN_MISSING`);
  });

  it('tells of profiles of a golden that the case has not, and the other way round', () => {
    project().edit(
      SUITE_FILE,
      'EEXIST\n    profiles: [linux-6.1..]',
      'EEXIST\n    profiles: [linux-6.12]',
    );
    expect(wrong()).to.contain(`${golden(CASE)} E_GOLDEN_ORPHAN the case is not run in linux-6.1;`);
  });

  for (const [what, edit, code] of [
    ['was edited', (text: string) => text.replace('EEXIST', 'EBUSY'), 'E_GOLDEN_UNREVIEWED'],
    ['has conflict markers', (text: string) => `<<<<<<< ours\n${text}`, 'E_GOLDEN_CONFLICT'],
    ['has tabs', (text: string) => text.replace('  main', '\tmain'), 'E_GOLDEN_SYNTAX'],
    ['is cut off', (text: string) => text.slice(0, 200), 'E_GOLDEN_'],
    ['is of another case', (text: string) => text.replace(CASE, 'area.other'), 'E_GOLDEN_CASE'],
  ] as const) {
    it(`tells of a golden that ${what}`, () => {
      project().write(golden(CASE), edit(project().read(golden(CASE))));
      expect(wrong()).to.contain(code);
    });
  }

  it('tells of a reviewed golden that holds no trace', () => {
    project().write(`golden/.pending/create-remove/${CASE}.trace`, brokenPending());
    project().run('reject', 'create-remove.create-then-remove');
    project().edit(SUITE_FILE, `id: ${CASE}`, 'id: create-remove.nonsense');
    project().write('golden/.pending/create-remove/create-remove.nonsense.trace', brokenPending());
    project().run('accept', 'create-remove.nonsense', '--reason', 'by mistake');
    const text = wrong();
    expect(text).to.contain('E_TRACE_SYNTAX');
    expect(text).to.contain('not yet accepted or rejected');
  });

  it('tells of a schema that is not that of this version', () => {
    project().write('suites/schema.json', '{}');
    expect(wrong()).to.contain('suites/schema.json E_SCHEMA');
  });

  it('--json prints one object', () => {
    project().edit(SUITE_FILE, 'expect: EEXIST', 'expect: EEXISTS');
    const { status, stdout } = project().run('check', '--json');
    expect(status).to.equal(2);
    const found = JSON.parse(stdout) as { ok: boolean; problems: object[] };
    expect(found.ok).to.equal(false);
    expect(found.problems[0]).to.include({ code: 'E_SUITE_ERRNO', line: 22, column: 17 });
  });
});

/** A proposal that the store takes, since it doesn't look into traces. */
function brokenPending(): string {
  return [
    'case create-remove.nonsense',
    'base none',
    '',
    'profiles linux-6.1 linux-6.12',
    '  this is no trace',
    '',
  ].join('\n');
}
