/** Preloaded into every process of a contender: leaves its peak of memory, in KiB, in a file. */
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  appendFileSync(process.env.BENCH_PEAK, `${process.resourceUsage().maxRSS}\n`);
});
