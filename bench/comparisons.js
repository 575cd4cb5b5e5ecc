/** The golden comparisons: sizes, peers, and what a case costs each of them. */
import { CHUNK, writeCorpus } from './corpus/files.js';
import { goldenWriter } from './harness.js';
import { inTurn, median, once, peak, succeed } from './measure.js';
import { PEERS } from './peers.js';

const ownMs = ({ stdout }) => JSON.parse(stdout).ms;

/** A peer that does not notice a difference has not compared anything. */
function requireSharpEyes({ name, command }) {
  const { args, env, cwd } = command(CHUNK);
  succeed({ args, env, cwd });
  const { status } = once({ args, env: { ...env, BENCH_BREAK: '1' }, cwd });
  if (status === 0) throw new Error(`${name} did not see a text that differs`);
}

function tasksOf({ name, command, clock, slow }, sizes, runs) {
  const all = clock === 'slope' ? [CHUNK, ...sizes] : sizes;
  return all.map((size) => ({
    name: `${name} ${size}`,
    runs: slow ? Math.min(runs, 3) : runs,
    run: () => succeed(command(size)),
  }));
}

function figures({ name, title, clock, command }, size, results) {
  const runs = results.get(`${name} ${size}`);
  const wall = median(runs.map(({ ms }) => ms));
  const start = clock === 'own' ? 0 : median(results.get(`${name} ${CHUNK}`).map(({ ms }) => ms));
  const us =
    clock === 'own'
      ? (median(runs.map(ownMs)) * 1000) / size
      : ((wall - start) * 1000) / (size - CHUNK);
  return { name, title, cases: size, us, wallMs: wall, peakMB: peak(command(size)) };
}

/**
 * @param {number[]} sizes numbers of cases
 * @param {number} runs
 * @param {(text: string) => void} say
 */
export async function comparisons(sizes, runs, say) {
  say(`writing ${Math.max(...sizes)} generated cases`);
  writeCorpus(Math.max(...sizes), await goldenWriter());
  say('each peer must see a difference');
  PEERS.forEach(requireSharpEyes);
  const tasks = PEERS.flatMap((peer) => tasksOf(peer, sizes, runs));
  const results = inTurn(tasks, (name, round) => {
    say(`round ${round + 1}: ${name}`);
  });
  return sizes.flatMap((size) => {
    const rows = PEERS.map((peer) => figures(peer, size, results));
    const bare = rows[0];
    return rows.map((row) => ({
      ...row,
      ratio: row.us / bare.us,
      wallRatio: row.wallMs / bare.wallMs,
    }));
  });
}
