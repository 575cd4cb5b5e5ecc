/** All commands. A new one is a file and a row: only the file of the one that is called is loaded. */
import type { Command } from 'commander';
import type { Exit } from './exit.js';
import type { Terminal } from './terminal.js';

/** Declares arguments and options, and what is done with them; `done` takes the exit status. */
export type Define = (command: Command, context: Context) => void;

export interface Context {
  terminal: Terminal;
  /** Wraps what a command does, so that its result becomes the exit status. */
  action<A extends unknown[]>(
    run: (...args: A) => Exit | Promise<Exit>,
  ): (...args: A) => Promise<void>;
}

export interface CommandRow {
  name: string;
  summary: string;
  load(): Promise<{ define: Define }>;
}

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'run',
    summary: 'run cases and judge them by expectations, golden traces and intent',
    load: () => import('./run.js'),
  },
  { name: 'list', summary: 'list cases', load: () => import('./list.js') },
  {
    name: 'show',
    summary: 'show a case: what it asks, its calls, its trace',
    load: () => import('./show.js'),
  },
  {
    name: 'check',
    summary: 'check suites, requirements and goldens without running anything',
    load: () => import('./check.js'),
  },
  {
    name: 'compare',
    summary: 'tell what changed between two profiles',
    load: () => import('./compare.js'),
  },
  {
    name: 'requirements',
    summary: 'run cases and list the requirements that they prove',
    load: () => import('./requirements.js'),
  },
  {
    name: 'record',
    summary: 'run cases and propose their traces as goldens',
    load: () => import('./record.js'),
  },
  {
    name: 'accept',
    summary: 'make proposed goldens the real ones, with a reason',
    load: () => import('./accept.js'),
  },
  { name: 'reject', summary: 'drop proposed goldens', load: () => import('./reject.js') },
  {
    name: 'adapter',
    summary: 'try an adapter, or write the beginning of one',
    load: () => import('./adapter.js'),
  },
  {
    name: 'known',
    summary: 'keep the file of known failures',
    load: () => import('./known.js'),
  },
  {
    name: 'replay',
    summary: 'make the calls of recordings of real kernels, and compare',
    load: () => import('./replay.js'),
  },
  {
    name: 'kernel',
    summary: 'make real kernels ready to be put under test',
    load: () => import('./kernel.js'),
  },
  { name: 'profiles', summary: 'list the profiles', load: () => import('./profiles.js') },
  {
    name: 'serve',
    summary: 'offer the reference to others, over protocol 1',
    load: () => import('./serve.js'),
  },
];
