/** The documents that have examples, and what the commands in them print. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.js';
import { wordsOf } from './examples.js';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** Longer output than any document shows a part of. */
const MOST = 64 * 1024 * 1024;

/** Files below the root of the project whose examples are run. */
export function documents(): string[] {
  const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)];
}

/** What a command prints. */
export type Print = (command: string) => Promise<string>;

/**
 * Runs `mdevct …` as the reader would, without colours; what it exits with is not looked at.
 * @returns what it printed, on stdout and then on stderr
 * @throws HarnessError `E_EXAMPLE` if the command is another one
 */
async function printedBy(command: string): Promise<string> {
  const [program, ...args] = wordsOf(command);
  if (program !== 'mdevct') {
    throw new HarnessError('E_EXAMPLE', `only mdevct is run in examples, not: ${command}`);
  }
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: MOST }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

/** Runs each command once, and as many at a time as there are processors. */
export function printer(print: Print = printedBy, limit = availableParallelism()): Print {
  const known = new Map<string, Promise<string>>();
  const lanes = Array.from({ length: limit }, () => Promise.resolve());
  let next = 0;
  return (command) => {
    const lane = next % limit;
    const printed = known.get(command) ?? lanes[lane]!.then(async () => print(command));
    if (known.has(command)) return printed;
    known.set(command, printed);
    lanes[lane] = printed.then(
      () => undefined,
      () => undefined,
    );
    next += 1;
    return printed;
  };
}
