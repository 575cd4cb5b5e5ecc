import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadSuites } from './load.js';
import { resolveCall } from './resolve.js';
import { WORLD } from './testing.js';
import { MAX_BYTES } from './text.js';
import { UUIDS } from './uuids.js';

const ACCEPT = 'harness/suite/fixtures/accept';

describe('loading suites', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'suites-'));
    mkdirSync(join(dir, 'kconfig'));
  });
  after(() => rmSync(dir, { recursive: true }));

  const codesOf = async (text: string): Promise<string[]> => {
    writeFileSync(join(dir, 'kconfig', 'x.yaml'), text);
    writeFileSync(join(dir, 'requirements.yaml'), '[]');
    return (await loadSuites(dir, WORLD)).errors.map(({ code }) => code);
  };

  it('refuses a file of more than 1 MiB without reading it', async () => {
    expect(await codesOf('#'.repeat(MAX_BYTES + 1))).to.deep.equal(['E_SUITE_TOO_LARGE']);
  });

  for (const depth of [50, 1000, 20_000]) {
    it(`refuses nesting ${depth} deep`, async () => {
      const codes = await codesOf('['.repeat(depth) + ']'.repeat(depth));
      expect(codes).to.include('E_SUITE_NESTING');
    });
  }

  it('neither waits for a pipe nor reads a device to its end', async function () {
    if (process.platform === 'win32') return this.skip();
    const file = join(dir, 'kconfig', 'x.yaml');
    for (const make of [
      () => execFileSync('mkfifo', [file]),
      () => symlinkSync('/dev/zero', file),
    ]) {
      rmSync(file, { force: true });
      make();
      const { errors } = await loadSuites(dir, WORLD);
      expect(errors.map(({ code }) => code)).to.deep.equal(['E_SUITE_UNREADABLE']);
      expect(errors[0]!.message).to.equal('it is not a file');
    }
    rmSync(file);
  });

  it('shows a hundred errors of a file, and counts the others', async () => {
    const codes = await codesOf(`cases: [${'{}, '.repeat(200)}]`);
    expect(codes.length).to.equal(101);
    expect(codes[0]).to.equal('E_SUITE_TOO_MANY');
  });

  const HOSTILE: Readonly<Record<string, string>> = {
    'a map of many keys': Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n'),
    'many empty cases': `cases: [${'{}, '.repeat(100_000)}]`,
    'many verbs that are none': `cases: [{ steps: [${'{ craete: A }, '.repeat(30_000)}] }]`,
    'deep lists': '['.repeat(150_000) + ']'.repeat(150_000),
    'deep lists that never end': '['.repeat(200_000),
    'deep block lists': '- '.repeat(200_000),
    'many documents': '---\n'.repeat(200_000),
    'one long line of quotes': "'".repeat(1_000_000),
    'many anchors': Array.from({ length: 25_000 }, (_, at) => `- &a${at} *a${at}`).join('\n'),
  };
  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`survives ${what}`, async () => {
      expect(await codesOf(text)).not.to.be.empty;
    }).timeout(60_000);
  }

  it('answers a directory that is not there with an error', async () => {
    const { errors } = await loadSuites(join(dir, 'nowhere'), WORLD);
    expect(errors.map(({ code }) => code)).to.deep.equal(['E_SUITE_UNREADABLE']);
  });

  it('compiles a case', async () => {
    const { cases } = await loadSuites(join(ACCEPT, 'errno'), WORLD);
    const [first] = cases;
    const uuid = UUIDS.A!;
    expect(first).to.deep.include({
      id: 'probe-failure.errno-reaches-the-writer',
      suite: 'probe-failure/errno',
      area: 'probe-failure',
      because: ['MDEV-PROBE-01', 'MDEV-PROBE-02'],
      needs: ['modules', 'sysfs', 'vendor:mscript'],
      uuids: { A: uuid },
    });
    expect(first!.profiles).to.not.include('series-09');
    expect(first!.steps.map(({ text }) => text)).to.deep.equal([
      'insmod mscript probe_ret=-12',
      'create mscript0/mscript-a A',
      'list /sys/bus/mdev/devices',
      'param mscript probe_ret 0',
      'create mscript0/mscript-a A',
      'devices mscript0/mscript-a',
    ]);
    expect(first!.steps[1]).to.deep.include({ label: 'failed', index: 1 });
    expect(first!.steps[1]!.source).to.deep.include({ line: 12, column: 9 });
    expect(first!.steps[1]!.calls[0]!.expect).to.deep.equal({ kind: 'errno', errno: 'ENOMEM' });
    expect(first!.intent[0]).to.deep.include({ in: 1 });
  });

  it('puts tasks, and descriptors of the run, into calls', async () => {
    const { cases } = await loadSuites(join(ACCEPT, 'blocked-remove'), WORLD);
    const { steps } = cases[0]!;
    const start = steps.find(({ label }) => label === 'remove')!;
    expect(start.text).to.equal('task remover: remove A');
    expect(start.calls.map((call) => resolveCall(call, new Map()))).to.deep.equal([
      {
        method: 'start',
        params: {
          task: 'remover',
          method: 'write',
          params: { path: `/sys/bus/mdev/devices/${UUIDS.A!}/remove`, data: '1' },
        },
      },
      { method: 'task', params: { task: 'remover' } },
    ]);
    const close = steps.find(({ label }) => label === 'close')!.calls[0]!;
    expect(resolveCall(close, new Map([['d', 12]])).params).to.deep.equal({ fd: 12 });
    expect(resolveCall(close, new Map()).params).to.deep.equal({ fd: -1 });
  });

  it('returns only what is selected', async () => {
    const options = { ...WORLD, select: { cases: ['probe-failure.names-*', 'probe-failure.no'] } };
    const { cases, errors, unmatched } = await loadSuites(join(ACCEPT, 'errno'), options);
    expect(errors).to.deep.equal([]);
    expect(cases.map(({ id }) => id)).to.deep.equal([
      'probe-failure.names-without-a-name-in-user-space',
    ]);
    expect(unmatched).to.deep.equal(['probe-failure.no']);
  });
});
