/** A spinner for runs that take long, for people who watch. */
import { setImmediate as turn } from 'node:timers/promises';
import type { PlannedCase } from '../run/plan.js';
import type { Terminal } from './terminal.js';

export interface Progress {
  /** One more outcome is there. */
  tick(): Promise<void>;
  end(): void;
}

const PATIENCE_MS = 1000;
const FRAME_MS = 80;

const SILENT: Progress = { tick: async () => undefined, end: () => undefined };

/** What draws; loaded when there is something to draw. */
interface Spinner {
  text: string;
  stop(): unknown;
}

async function startSpinner(): Promise<Spinner> {
  const { default: ora } = await import('ora');
  return ora({ stream: process.stderr }).start();
}

/** Nothing is shown in the first second, and never where nobody watches. */
export function progress(
  { interactive }: Pick<Terminal, 'interactive'>,
  planned: readonly Pick<PlannedCase, 'profiles'>[],
  { now = () => performance.now(), start = startSpinner } = {},
): Progress {
  if (!interactive) return SILENT;
  const runs = planned.reduce((sum, { profiles }) => sum + profiles.length, 0);
  let done = 0;
  let next = now() + PATIENCE_MS;
  let spinner: Spinner | undefined;
  return {
    async tick() {
      done++;
      if (now() < next) return;
      next = now() + FRAME_MS;
      spinner ??= await start();
      spinner.text = `${done} of ${runs}`;
      // Runs in this process never wait, so that nothing would be drawn.
      await turn();
    },
    end: () => void spinner?.stop(),
  };
}
