/** One session over standard input and output: a line in, a line out. */
import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from '../adapter/lines.js';
import { RPC } from '../adapter/rpc.js';
import { errorText, type Session } from './session.js';

/** The most of a request, in bytes. */
export const REQUEST_LIMIT = 16 * 1024 * 1024;

/** Serves until the input ends, or until `bye`. */
export async function serveLines(
  session: Session,
  input: Readable,
  output: Writable,
): Promise<void> {
  const waiting: (Buffer | 'too long')[] = [];
  const lines = new LineSplitter(
    REQUEST_LIMIT,
    (line) => waiting.push(line),
    () => waiting.push('too long'),
  );
  for await (const chunk of input) {
    lines.push(chunk as Buffer);
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      if (line === 'too long') {
        const message = `a request has at most ${REQUEST_LIMIT} bytes`;
        output.write(`${errorText(null, { code: RPC.request, message })}\n`);
        return;
      }
      const { text, last } = await session.respond(line.toString('utf8'));
      output.write(`${text}\n`);
      if (last) return;
    }
  }
}
