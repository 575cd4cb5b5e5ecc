/** Fresh processes, timed from outside. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PEAK = new URL('peak.js', import.meta.url).href;

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs node once.
 *
 * @param {{ args: string[], env?: Record<string, string>, cwd?: string }} command
 */
export function once({ args, env = {}, cwd }) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env, CI: '1', NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  return { ms: performance.now() - start, status, stdout, stderr };
}

/** As {@link once}, but nothing else than success will do. */
export function succeed(command, allowed = [0]) {
  const done = once(command);
  if (allowed.includes(done.status)) return done;
  throw new Error(`node ${command.args.join(' ')} ended with ${done.status}\n${done.stderr}`);
}

/** The largest process of a command, in MB. Not a timed run: it carries a preload. */
export function peak(command, allowed) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'peak');
    const env = { ...command.env, NODE_OPTIONS: `--import=${PEAK}`, BENCH_PEAK: file };
    succeed({ ...command, env }, allowed);
    const kib = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    return Math.round(Math.max(...kib) / 1024);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs every task `runs` times, in turn and not one after the other: what else the machine does then
 * meets them all.
 *
 * @template T
 * @param {{ name: string, runs: number, run: () => T }[]} tasks
 * @returns {Map<string, T[]>}
 */
export function inTurn(tasks, onRun = () => undefined) {
  const results = new Map(tasks.map(({ name }) => [name, []]));
  const rounds = Math.max(...tasks.map(({ runs }) => runs));
  for (let round = 0; round < rounds; round++) {
    for (const { name, runs, run } of tasks) {
      if (round >= runs) continue;
      onRun(name, round);
      results.get(name).push(run());
    }
  }
  return results;
}
