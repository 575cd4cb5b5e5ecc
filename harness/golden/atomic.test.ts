import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from './atomic.js';

const MODULE = new URL('atomic.js', import.meta.url).href;

/** Writes in a shell that lets no file grow beyond a few KiB: what a full disk does, without one. */
function writeWithLimit(file: string, size: number): { status: number | null; stderr: string } {
  const script = `process.on('SIGXFSZ', () => {});
    const { writeAtomically } = await import(${JSON.stringify(MODULE)});
    writeAtomically(${JSON.stringify(file)}, 'x'.repeat(${size}));`;
  return spawnSync(
    '/bin/sh',
    ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', script],
    { encoding: 'utf8', env: { ...process.env, NODE_V8_COVERAGE: undefined } },
  );
}

describe('writeAtomically', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'atomic-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('replaces a file and leaves nothing else', () => {
    const file = join(dir, 'a');
    writeFileSync(file, 'old');
    writeAtomically(file, 'new ü');
    expect(readFileSync(file, 'utf8')).to.equal('new ü');
    expect(readdirSync(dir)).to.deep.equal(['a']);
  });

  it('writes where a link leads, and keeps permissions', () => {
    writeFileSync(join(dir, 'a'), 'old', { mode: 0o600 });
    symlinkSync('a', join(dir, 'link'));
    writeAtomically(join(dir, 'link'), 'new');
    expect(lstatSync(join(dir, 'link')).isSymbolicLink()).to.equal(true);
    expect(readFileSync(join(dir, 'a'), 'utf8')).to.equal('new');
    expect(lstatSync(join(dir, 'a')).mode & 0o777).to.equal(0o600);
  });

  it('leaves no temporary file where it fails', () => {
    const file = join(dir, 'a');
    mkdirSync(file);
    expect(() => {
      writeAtomically(file, 'new');
    }).to.throw();
    expect(readdirSync(dir)).to.deep.equal(['a']);
  });

  it('keeps the old file where only half of the new one fits', function () {
    if (process.platform === 'win32') return this.skip();
    const file = join(dir, 'a');
    writeFileSync(file, 'old');
    const { status, stderr } = writeWithLimit(file, 100_000);
    expect(status).not.to.equal(0);
    expect(stderr).to.contain('EFBIG');
    expect(readFileSync(file, 'utf8')).to.equal('old');
    expect(readdirSync(dir)).to.deep.equal(['a']);
  });
});
