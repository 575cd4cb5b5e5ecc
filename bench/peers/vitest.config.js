import { fileURLToPath } from 'node:url';
import { CHUNK } from '../corpus/files.js';

const chunks = Array.from({ length: Number(process.env.BENCH_COUNT) / CHUNK }, (_, i) => i);

export default {
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { include: chunks.map((chunk) => `work/tests/chunk-${chunk}.test.js`) },
};
