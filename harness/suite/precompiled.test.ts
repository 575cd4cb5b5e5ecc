import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { implementation } from '../run/implementation.js';
import type { World } from './formats.js';
import { loadSuites, type Loaded } from './load.js';
import { precompileSuites } from './precompile-suites.js';
import type { Select } from './select.js';
import { WORLD } from './testing.js';

const FIXTURES = 'harness/suite/fixtures';
const SUITE = 'probe-failure/errno';
const ID = 'probe-failure.errno-reaches-the-writer';

describe('precompiled suites', () => {
  let dir: string;
  let suites: string;
  let precompiled: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'precompiled-'));
    [suites, precompiled] = [join(dir, 'suites'), join(dir, 'built')];
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  /** Precompiles a copy, so that the places in it are others than those of `from`. */
  async function build(from: string, world: World = WORLD): Promise<number> {
    cpSync(from, suites, { recursive: true });
    return precompileSuites(suites, precompiled, world);
  }

  async function expectSame(at: string, select?: Select, world: World = WORLD): Promise<Loaded> {
    const loaded = await loadSuites(at, { ...world, select, precompiled });
    expect(loaded).to.deep.equal(await loadSuites(at, { ...world, select }));
    return loaded;
  }

  function edit(file: string, from: string | RegExp, to: string): void {
    const before = readFileSync(file, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.to.equal(before);
    writeFileSync(file, after);
  }

  for (const kind of ['accept', 'reject']) {
    for (const name of readdirSync(join(FIXTURES, kind))) {
      it(`change nothing: ${name}`, async () => {
        await build(join(FIXTURES, kind, name));
        await expectSame(join(FIXTURES, kind, name));
      });
    }
  }

  describe('of the project', () => {
    const SELECTIONS: readonly Select[] = [
      { cases: ['create-remove.links-come-after-bind', 'create-remove.no-such'] },
      { cases: ['*users*', 'pro*.errno-*'] },
      { areas: ['open-close'] },
    ];

    it('change nothing, whatever is selected', async () => {
      const { world } = await implementation('reference');
      const count = await build('suites', world);
      const { cases, errors } = await expectSame('suites', undefined, world);
      expect(errors).to.deep.equal([]);
      expect(count).to.equal(new Set(cases.map(({ suite }) => suite)).size + 1);
      for (const select of SELECTIONS) {
        expect((await expectSame('suites', select, world)).cases).not.to.be.empty;
      }
    });
  });

  describe('of two cases', () => {
    const built = 'as the build left it';
    const title = async (world: World = WORLD): Promise<string | undefined> =>
      (await loadSuites(suites, { ...world, precompiled })).cases[0]?.title;
    const file = () => join(precompiled, `${SUITE}.json`);
    const yaml = () => join(suites, `${SUITE}.yaml`);

    beforeEach(async () => {
      await build(join(FIXTURES, 'accept', 'errno'));
      edit(file(), /(?<="title":")[^"]*/, built);
    });

    it('are used for the text that they were made from', async () => {
      expect(await title()).to.equal(built);
      const select = { cases: [ID] };
      const { cases, requirements } = await loadSuites(suites, { ...WORLD, select, precompiled });
      expect(cases.map((each) => each.title)).to.deep.equal([built]);
      expect(requirements.map(({ id }) => id)).to.deep.equal(cases[0]!.because);
    });

    it('are not used by who does not ask for them', async () => {
      expect((await loadSuites(suites, WORLD)).cases[0]!.title).not.to.equal(built);
    });

    it('are not used for a text that differs in one character', async () => {
      writeFileSync(yaml(), `${readFileSync(yaml(), 'utf8')}#`);
      expect(await title()).not.to.equal(built);
      await expectSame(suites);
    });

    it('are not used in another world', async () => {
      const { profiles, vendors } = WORLD;
      for (const world of [
        { profiles: [...profiles, 'linux-7.0'], vendors },
        { profiles: [...profiles].reverse(), vendors },
        { profiles, vendors: [...vendors, 'other'] },
      ]) {
        expect(await title(world)).not.to.equal(built);
        await expectSame(suites, undefined, world);
      }
    });

    it('are not used if they are not whole', async () => {
      const whole = readFileSync(file(), 'utf8');
      for (const content of ['', whole.slice(0, -1), whole.slice(0, 100), 'null', '{}', '[]']) {
        writeFileSync(file(), content);
        expect(await title(), content).not.to.equal(built);
        await expectSame(suites);
      }
    });

    it('know no requirement that is gone since: the error has its place and line', async () => {
      edit(join(suites, 'requirements.yaml'), 'MDEV-PROBE-02', 'MDEV-PROBE-09');
      const { errors } = await expectSame(suites);
      expect(errors[0]).to.deep.include({ code: 'E_SUITE_REQUIREMENT', file: yaml() });
      expect(errors[0]!.text).to.contain('MDEV-PROBE-02');
    });

    it('see a second file with the same case', async () => {
      const copy = join(suites, 'probe-failure', 'other.yaml');
      cpSync(yaml(), copy);
      edit(copy, SUITE, 'probe-failure/other');
      await precompileSuites(suites, precompiled, WORLD);
      expect(readdirSync(join(precompiled, 'probe-failure'))).to.deep.equal(['errno.json']);
      const { errors } = await expectSame(suites);
      expect(errors.map(({ code }) => code)).to.include('E_SUITE_DUPLICATE_CASE');
    });

    it('are made anew, without those of files that are gone or wrong', async () => {
      writeFileSync(yaml(), 'suite: [');
      expect(await precompileSuites(suites, precompiled, WORLD)).to.equal(1);
      expect(readdirSync(precompiled)).to.deep.equal(['requirements.json']);
    });
  });
});
