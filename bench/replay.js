/** `node replay.js FOLDER`: replays every transcript once, and says how long each took. */
import { load } from './harness.js';

const { findTranscripts } = await load('harness/replay/read.js');
const { replayFiles } = await load('harness/replay/replay.js');
const { reference } = await load('harness/adapter/reference.js');

const { files } = findTranscripts([process.argv[2]]);
const start = performance.now();
for await (const outcome of replayFiles(files, reference, { level: 3 })) {
  if ('error' in outcome) throw outcome.error;
}
console.log(JSON.stringify({ ms: performance.now() - start, count: files.length }));
