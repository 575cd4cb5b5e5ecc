import { expect, it } from 'vitest';
import { readTexts } from '../corpus/files.js';

/** One test per case of a chunk, each against the golden file of that case. */
export function fileSnapshots(chunk) {
  for (const { id, path, text } of readTexts(chunk)) {
    it(id, () => expect(text).toMatchFileSnapshot(path));
  }
}
