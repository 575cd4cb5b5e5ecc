/** The same comparisons as mocha tests with the project's own assertion. */
/* global it */
import { expect, use } from 'chai';
import { PROFILE } from '../corpus/case.js';
import { CHUNK, GOLDEN, readTexts, traceOf } from '../corpus/files.js';
import { load } from '../harness.js';

const { GoldenStore } = await load('harness/golden/store.js');
const { goldenAssertion } = await load('harness/mocha/golden-assertion.js');

use(goldenAssertion);
const store = new GoldenStore(GOLDEN);
for (let chunk = 0; chunk * CHUNK < Number(process.env.BENCH_COUNT); chunk++) {
  for (const { id, text } of readTexts(chunk)) {
    const trace = traceOf(text);
    it(id, () => expect(trace).to.matchGolden(id, { profile: PROFILE, store }));
  }
}
