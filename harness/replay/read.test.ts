import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTranscripts, readTranscript, SIZE_LIMIT } from './read.js';

describe('transcripts on disk', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'replay-'))));
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function file(...path: string[]): string {
    const name = join(root, ...path);
    mkdirSync(join(name, '..'), { recursive: true });
    writeFileSync(name, '');
    return name;
  }

  it('are found below folders, sorted, each once', () => {
    const [b, c, a] = [file('b.ndjson'), file('x', 'c.ndjson'), file('x', 'a.ndjson')];
    const other = file('x', 'd.json');
    expect(findTranscripts([c, root, other])).to.deep.equal({
      files: [c, b, a, other],
      errors: [],
    });
  });

  it('that are not there are errors, and the others are found all the same', () => {
    const a = file('a.ndjson');
    mkdirSync(join(root, 'empty'));
    const { files, errors } = findTranscripts([join(root, 'no'), a, join(root, 'empty')]);
    expect(files).to.deep.equal([a]);
    expect(errors.map(({ code }) => code)).to.deep.equal([
      'E_TRANSCRIPT_UNREADABLE',
      'E_TRANSCRIPT_NONE',
    ]);
  });

  it('are not read if they are too large', () => {
    const name = file('large.ndjson');
    truncateSync(name, SIZE_LIMIT + 1);
    expect(() => readTranscript(name))
      .to.throw()
      .with.property('code', 'E_TRANSCRIPT_SIZE');
  });

  it('are files', () => {
    for (const name of [root, join(root, 'no'), '/dev/zero']) {
      expect(() => readTranscript(name))
        .to.throw()
        .with.property('code', 'E_TRANSCRIPT_UNREADABLE');
    }
  });

  it('name the line that is not UTF-8', () => {
    const name = file('a.ndjson');
    writeFileSync(name, Buffer.from([0x0a, 0x0a, 0x41, 0xff]));
    expect(() => readTranscript(name)).to.throw(`${name}:3: this line is not UTF-8`);
  });
});
