/** The kinds of implementation that can be put under test. A new one is a file and a row. */
import type { AdapterFactory } from './adapter.js';
import type { AdapterOptions } from './options.js';

/** An implementation that was found; it may only be reached when it is asked for something. */
export interface Opened {
  /**
   * The profiles that it plays.
   * @param asked those that are wanted; absent: it is asked what it plays by itself
   */
  profiles(asked?: readonly string[]): Promise<readonly string[]>;
  factory: AdapterFactory;
  /**
   * Sends a line as it is, where there is a wire, and returns the line that comes back.
   * @throws AdapterFault `E_ADAPTER_…`
   */
  exchange?(request: string, ms: number): Promise<string>;
  /** Ends it, with all that it was made of. */
  close(): Promise<void>;
}

/** @param target what stands behind the name of the kind; of a URL, all of it */
export type Open = (target: string, options: AdapterOptions) => Promise<Opened>;

export interface AdapterKind {
  /** how it is written, for --help and for errors */
  form: string;
  summary: string;
  /** the whole is the target, as of a URL, and not what follows the colon */
  whole?: true;
  /** it runs elsewhere: several at a time need no threads */
  elsewhere?: true;
  load(): Promise<{ open: Open }>;
}

const overHttp = {
  form: 'http[s]://<host>/<path>',
  summary: 'a service that takes protocol 1 as POST requests to one URL',
  whole: true,
  elsewhere: true,
  load: () => import('./http.js'),
} as const;

/** By the word before the colon. */
export const ADAPTER_KINDS = {
  reference: {
    form: 'reference[:profile]',
    summary: 'the reference, in this process',
    load: () => import('./reference-kind.js'),
  },
  exec: {
    form: 'exec:<command line>',
    summary: 'a program that speaks protocol 1 over its standard input and output',
    elsewhere: true,
    load: () => import('./exec.js'),
  },
  http: overHttp,
  https: overHttp,
  module: {
    form: 'module:<path>',
    summary: 'a JavaScript module that exports an implementation, in this process',
    load: () => import('./module.js'),
  },
  linux: {
    form: 'linux:<version>',
    summary: 'a real kernel in a virtual machine, made ready by mdevct kernel prepare',
    elsewhere: true,
    load: () => import('./linux/open.js'),
  },
  transcript: {
    form: 'transcript:<file or folder>',
    summary: 'recordings of runs, as --save-transcripts writes them',
    load: () => import('./transcript.js'),
  },
} satisfies Record<string, AdapterKind>;

export type AdapterKindName = keyof typeof ADAPTER_KINDS;
