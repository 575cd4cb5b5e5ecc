/** Programs that others wrote, run in a row. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { HarnessError } from '../errors.js';
import { Tail } from '../adapter/tail.js';
import type { Command } from './step.js';

export interface RunOptions {
  cwd?: string;
  /** the file that the output goes into, instead of being returned */
  into?: string;
  /** what the first command reads */
  input?: Buffer;
}

/**
 * Runs commands, each of which reads what the one before it writes.
 * @returns what the last one wrote
 * @throws HarnessError `E_KERNEL_COMMAND` if one can't be started or fails
 */
export type Run = (commands: readonly Command[], options?: RunOptions) => Promise<string>;

/** How much of what went wrong is told. */
const TOLD = 2048;

function failure(command: Command, what: string, stderr: string): HarnessError {
  const words = stderr.trim();
  const said = words === '' ? '' : `; it said:\n${words}`;
  return new HarnessError('E_KERNEL_COMMAND', `${command.join(' ')} ${what}${said}`);
}

function ended(child: ChildProcess, command: Command): Promise<void> {
  const stderr = new Tail(TOLD);
  child.stderr!.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', ({ message }) => reject(failure(command, `cannot be run: ${message}`, '')));
    child.on('close', (status, signal) => {
      if (status === 0) resolve();
      else
        reject(failure(command, `ended with ${signal ?? `status ${String(status)}`}`, stderr.text));
    });
  });
}

/** The real thing. */
export const run: Run = async (commands, { cwd, into, input } = {}) => {
  const children = commands.map(([program, ...args]) => spawn(program, args, { cwd }));
  const ends = children.map((child, i) => ended(child, commands[i]!));
  const parts: Buffer[] = [];
  const output = children.at(-1)!.stdout;
  if (into === undefined) output.on('data', (chunk: Buffer) => parts.push(chunk));
  else ends.push(pipeline(output, createWriteStream(into)));
  children.forEach((child, i) => {
    // Who reads less than there is closes the pipe; whether that is an error, its exit status says.
    child.stdin.on('error', () => undefined);
    const next = children[i + 1];
    if (next) child.stdout.pipe(next.stdin);
  });
  children[0]!.stdin.end(input);
  const failed = (await Promise.allSettled(ends)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return Buffer.concat(parts).toString('utf8');
};
