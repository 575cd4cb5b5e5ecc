/** The whole suite through adapters, beside the same in one process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BUILD } from './harness.js';
import { inTurn, median, succeed } from './measure.js';
import { JUDGED, profiles, run } from './tool.js';

const main = join(BUILD, 'cli/main.js');

/** `mdevct serve --http` on a port that is free. */
async function serve() {
  const server = spawn(process.execPath, [main, 'serve', '--http', '--port', '0']);
  server.stdout.setEncoding('utf8');
  const [line] = await once(server.stdout, 'data');
  return { url: /http:\S+/.exec(line)[0], stop: () => server.kill() };
}

/** All cases in all profiles: in process, over pipes, over HTTP on loopback. */
export async function adapters(runs) {
  const server = await serve();
  try {
    const exec = `exec:exec "${process.execPath}" "${main}" serve --stdio`;
    const all = ['--profile', profiles().join(',')];
    const tasks = Object.entries({
      direct: run('--json', ...all),
      exec: run('--json', ...all, '--adapter', exec),
      http: run('--json', ...all, '--adapter', server.url),
    }).map(([name, command]) => ({ name, runs, run: () => succeed(command, JUDGED) }));
    const results = inTurn(tasks);
    const ms = Object.fromEntries(
      [...results].map(([name, each]) => [name, median(each.map((one) => one.ms))]),
    );
    return { ms, ratio: { exec: ms.exec / ms.direct, http: ms.http / ms.direct } };
  } finally {
    server.stop();
  }
}
