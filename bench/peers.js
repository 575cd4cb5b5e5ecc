/** Everyone who compares the same generated cases with the same golden files. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD } from './harness.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);
const mocha = () => join(require.resolve('mocha/package.json'), '../bin/mocha.js');

const loop = (kind) => (count) => ({ args: [here('loop.js'), kind, String(count)] });
const vitest =
  (...flags) =>
  (count) => ({
    args: [
      here('node_modules/vitest/vitest.mjs'),
      'run',
      ...flags,
      '--config',
      here('peers/vitest.config.js'),
    ],
    env: { BENCH_COUNT: String(count) },
    cwd: here('.'),
  });

/**
 * `clock`: where the time per case comes from. A loop has its own clock; of a test runner it is what
 * a further case costs, so that its start is not counted.
 *
 * @type {{ name: string, title: string, clock: 'own' | 'slope', command: Function, slow?: boolean }[]}
 */
export const PEERS = [
  { name: 'bare', title: 'bare loop: read, compare', clock: 'own', command: loop('bare') },
  { name: 'text', title: 'harness: load, compare', clock: 'own', command: loop('text') },
  { name: 'events', title: 'harness, rendering too', clock: 'own', command: loop('events') },
  {
    name: 'mocha',
    title: 'mocha + matchGolden',
    clock: 'slope',
    command: (count) => ({
      args: [mocha(), '--no-config', '--reporter', 'dot', here('peers/mocha-cases.js')],
      env: { BENCH_COUNT: String(count), BENCH_BUILD: BUILD },
    }),
  },
  {
    name: 'tuned',
    title: 'vitest --no-isolate threads',
    clock: 'slope',
    command: vitest('--no-isolate', '--pool=threads'),
  },
  { name: 'vitest', title: 'vitest as it comes', clock: 'slope', command: vitest(), slow: true },
];
