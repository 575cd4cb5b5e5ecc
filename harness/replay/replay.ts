/** Replays files one after the other; what goes wrong with one leaves the others alone. */
import type { AdapterFactory } from '../adapter/adapter.js';
import { HarnessError } from '../errors.js';
import { Implementations } from './implementations.js';
import { judge, type Verdict } from './judge.js';
import type { Level } from './levels.js';
import { play } from './play.js';
import { readTranscript } from './read.js';

/** A file that was judged. */
export type Judged = Verdict & { file: string; implementation: string };
/** A file that could not be: it can't be read, has no profile, or its modules don't load. */
export interface Unjudged {
  file: string;
  error: HarnessError;
}
export type Outcome = Judged | Unjudged;

/** Tells the two kinds of outcome apart. */
export function isJudged(outcome: Outcome): outcome is Judged {
  return !('error' in outcome);
}

export interface ReplayOptions {
  /** instead of the one in each header */
  profile?: string | undefined;
  /** the level of which mismatches are wanted */
  level: Level;
}

async function judgeFile(
  file: string,
  implementations: Implementations,
  { profile, level }: ReplayOptions,
): Promise<Judged> {
  const transcript = readTranscript(file);
  const name = profile ?? transcript.header.profile;
  const adapter = await implementations.of(name);
  try {
    const played = await play(adapter, transcript);
    if (played.fault !== undefined) await implementations.end(name);
    return { file, implementation: adapter.hello.name, ...judge(transcript, played, level) };
  } catch (error) {
    await implementations.end(name);
    throw error;
  }
}

/**
 * Replays `files` in order, on implementations that `factory` makes.
 * @returns one outcome per file, each when it is there
 */
export async function* replayFiles(
  files: readonly string[],
  factory: AdapterFactory,
  options: ReplayOptions,
): AsyncGenerator<Outcome, void> {
  const implementations = new Implementations(factory);
  try {
    for (const file of files) {
      try {
        yield await judgeFile(file, implementations, options);
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error;
        yield { file, error };
      }
    }
  } finally {
    await implementations.close();
  }
}
