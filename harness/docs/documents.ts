/** The documents that have examples, and what the commands in them print. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
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

/**
 * Runs `mdevct …` as the reader would, without colours; what it exits with is not looked at.
 * @returns what it printed, on stdout and then on stderr
 * @throws HarnessError `E_EXAMPLE` if the command is another one
 */
export async function printedBy(command: string): Promise<string> {
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
