/** `mdevct serve`: the reference for others to talk to, over protocol 1. */
import { Option } from 'commander';
import { reference, referenceProfiles } from '../adapter/reference.js';
import { HarnessError } from '../errors.js';
import { Session } from '../serve/session.js';
import { serveLines } from '../serve/stdio.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import type { Terminal } from './terminal.js';

interface Options {
  stdio: boolean;
  http: boolean;
  profile: string;
  host: string;
  port: number;
  tokenEnv?: string;
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 2 ** 16) return Number(text);
  throw new HarnessError('E_USAGE', `--port takes a number from 0 to 65535, not ${text}`);
}

/** The value of a variable that must be there. */
function secret(variable: string): string {
  const value = process.env[variable];
  if (value) return value;
  throw new HarnessError('E_USAGE', `the environment has no ${variable}, or it is empty`);
}

async function serveHttp(
  { host, port: wanted, tokenEnv }: Options,
  sessions: () => Session,
  terminal: Terminal,
): Promise<Exit> {
  const { serveOverHttp } = await import('../serve/http.js');
  const token = tokenEnv === undefined ? undefined : secret(tokenEnv);
  const server = await serveOverHttp({ host, port: wanted, token, sessions });
  terminal.out(`listening on ${server.url}\n`);
  await server.ended;
  return Exit.ok;
}

async function serve(options: Options, terminal: Terminal): Promise<Exit> {
  if (options.stdio === options.http) {
    throw new HarnessError('E_USAGE', 'serve takes one of --stdio and --http');
  }
  // A profile that there isn't is told before anybody asks.
  await (await reference(options.profile)).close();
  const { profile, http } = options;
  if (http) return serveHttp(options, () => new Session(reference, profile, true), terminal);
  await serveLines(new Session(reference, profile), process.stdin, process.stdout);
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .option('--stdio', 'one request on each line of the input, its response on the output', false)
    .option('--http', 'POST of one request to one URL', false)
    .addOption(
      new Option('--profile <profile>', 'the one where hello names none').default(
        referenceProfiles.at(-1),
      ),
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(new Option('--port <n>', '0 takes one that is free').argParser(port).default(8655))
    .option('--token-env <variable>', 'environment variable with the token that clients must send')
    .action(action((options: Options) => serve(options, terminal)));
  option.examples(command, [
    'serve --stdio',
    'serve --http --port 8655',
    'serve --http --host 0.0.0.0 --token-env MDEVCT_TOKEN',
  ]);
};
