/** Where a command writes to, and how. */
import pc from 'picocolors';
import { Exit } from './exit.js';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** columns; those of a wide page where there is no terminal */
  width: number;
  colours: ReturnType<typeof pc.createColors>;
  /** somebody is watching */
  interactive: boolean;
}

const WIDTH = 120;
const NARROWEST = 60;

/** The terminal of this process. Colours only for a terminal that wants them, or on request. */
export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
  const forced = !['', '0', undefined].includes(env['FORCE_COLOR']);
  const colourful = pc.isColorSupported && (stdout.isTTY || forced);
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    width: Math.max(NARROWEST, stdout.isTTY ? stdout.columns : WIDTH),
    colours: pc.createColors(colourful),
    interactive: stderr.isTTY,
  };
}

/**
 * Who reads our output may stop reading: that is no error of ours. A full disk is none of ours
 * either, but then the result is lost.
 */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit();
      if (stream === process.stdout) {
        process.stderr.write(`mdevct: E_OUTPUT the result could not be written: ${message}\n`);
      }
      process.exit(Exit.unusable);
    });
  }
}
