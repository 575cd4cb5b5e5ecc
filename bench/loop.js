/**
 * `node loop.js KIND COUNT`: compares generated cases in this process. The clock only runs while
 * comparing; what is compared is made ready before, chunk by chunk, for every kind alike.
 */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { CHUNK, GOLDEN, makeTraces, readTexts, traceOf } from './corpus/files.js';
import { PROFILE } from './corpus/case.js';
import { load } from './harness.js';

/** Reads the golden file and compares it with the text: nothing else. */
function bare() {
  return {
    supply: readTexts,
    same: ({ path, text }) => readFileSync(path, 'utf8') === text,
  };
}

/** A trace that is text already: load the golden, see that it was reviewed, compare. */
async function text() {
  const { GoldenStore } = await load('harness/golden/store.js');
  const { matches } = await load('harness/golden/document.js');
  const store = new GoldenStore(GOLDEN);
  return {
    // A copy: a slice of the whole text would keep that alive, and a trace is no slice.
    supply: (chunk) =>
      readTexts(chunk).map(({ id, text }) => ({ id, text: Buffer.from(traceOf(text)).toString() })),
    same: ({ id, text }) => matches(store.load(id), PROFILE, text),
  };
}

/** Events as the adapter gave them: letters for uuids, render, then as above. */
async function events() {
  const [{ same }, { canonicaliser }, { render }] = await Promise.all([
    text(),
    load('harness/trace/canonical.js'),
    load('harness/trace/render.js'),
  ]);
  return {
    supply: makeTraces,
    same: ({ id, uuids, trace }) => same({ id, text: render(canonicaliser(uuids)(trace)) }),
  };
}

const [kind, count] = process.argv.slice(2);
const { supply, same } = await { bare, text, events }[kind]();

let ms = 0;
let different = 0;
for (let chunk = 0; chunk * CHUNK < Number(count); chunk++) {
  const cases = supply(chunk);
  const start = performance.now();
  for (const each of cases) if (!same(each)) different++;
  ms += performance.now() - start;
}
console.log(JSON.stringify({ ms }));
process.exitCode = different === 0 ? 0 : 1;
