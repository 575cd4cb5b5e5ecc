import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cacheOf, cachedScript } from './cached-script.js';

describe('a cached script', () => {
  let folder: string;
  const file = (): string => join(folder, 'script.cjs');
  const ran = (): unknown => (globalThis as { ranScript?: unknown }).ranScript;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mdevct-'));
    writeFileSync(
      file(),
      "globalThis.ranScript = require('node:path').basename(__filename) + ' 1'; // the end",
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    delete (globalThis as { ranScript?: unknown }).ranScript;
  });

  it('runs without a cache, with what a CommonJS file has', () => {
    const { script, run } = cachedScript(file());
    expect(script.cachedDataRejected).to.equal(undefined);
    run();
    expect(ran()).to.equal('script.cjs 1');
  });

  it('runs from its cache', () => {
    writeFileSync(cacheOf(file()), cachedScript(file()).script.createCachedData());
    const { script, run } = cachedScript(file());
    expect(script.cachedDataRejected).to.equal(false);
    run();
    expect(ran()).to.equal('script.cjs 1');
  });

  it('imports from its cache, too', async () => {
    writeFileSync(file(), "globalThis.ranScript = importModule('node:path'); // the end");
    writeFileSync(cacheOf(file()), cachedScript(file()).script.createCachedData());
    cachedScript(file()).run();
    expect(await (ran() as Promise<unknown>)).to.have.property('basename');
  });

  it('runs beside a cache that is none of it', () => {
    writeFileSync(cacheOf(file()), 'no cache');
    const { script, run } = cachedScript(file());
    expect(script.cachedDataRejected).to.equal(true);
    run();
    expect(ran()).to.equal('script.cjs 1');
  });
});
