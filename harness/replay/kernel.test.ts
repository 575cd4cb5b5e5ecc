import { expect } from 'chai';
import { relative } from 'node:path';
import { reference } from '../adapter/reference.js';
import { judge } from './judge.js';
import { play } from './play.js';
import { readTranscript } from './read.js';
import { KERNEL, kernelTranscripts } from './testing/kernel.js';

describe('the reference does what real kernels were seen to do', () => {
  for (const file of kernelTranscripts()) {
    it(relative(KERNEL, file), async () => {
      const transcript = readTranscript(file);
      const adapter = await reference(transcript.header.profile);
      const { level, mismatch } = judge(transcript, await play(adapter, transcript), 3);
      expect({ level, mismatch }).to.deep.equal({ level: 3, mismatch: undefined });
    });
  }
});
