import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { intoFolder } from './into-folder.js';

describe('intoFolder', () => {
  let base: string;
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'mdevct-'))));
  afterEach(() => rmSync(base, { recursive: true }));
  const fill = async (temporary: string | undefined): Promise<void> =>
    writeFileSync(join(temporary!, 'file'), 'text');
  const failure = (folder: string): Promise<unknown> =>
    intoFolder(folder, fill).catch((error: unknown) => error);

  for (const name of ['new', 'new/', 'a/b/new/']) {
    it(`fills ${name}, and leaves nothing else`, async () => {
      await intoFolder(join(base, name), fill);
      expect(readdirSync(join(base, name))).to.deep.equal(['file']);
      expect(readdirSync(base)).to.have.length(1);
    });
  }

  it('keeps a folder that is there, which somebody may be in', async () => {
    const folder = join(base, 'mine');
    mkdirSync(folder);
    const { ino } = statSync(folder);
    await intoFolder(folder, fill);
    expect(statSync(folder).ino).to.equal(ino);
    expect(readdirSync(folder)).to.deep.equal(['file']);
  });

  it('leaves nothing when a signal ends the process', async () => {
    const module = JSON.stringify(new URL('./into-folder.js', import.meta.url));
    const wait =
      'async () => { console.log("filling"); await new Promise(() => setInterval(() => {}, 1000)); }';
    const script = `(await import(${module})).intoFolder('new', ${wait})`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: base });
    await once(child.stdout, 'data');
    expect(readdirSync(base)).to.have.length(1);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).to.deep.equal([null, 'SIGINT']);
    expect(readdirSync(base)).to.deep.equal([]);
  });

  it('says in a sentence where no folder can be', async () => {
    expect(await failure('')).to.have.property('code', 'E_USAGE');
    writeFileSync(join(base, 'file'), '');
    expect(await failure(join(base, 'file/new'))).to.have.property('code', 'E_OUTPUT');
    if (existsSync('/proc/self')) {
      expect(await failure('/proc/mdevct')).to.have.property('code', 'E_OUTPUT');
    }
  });
});
