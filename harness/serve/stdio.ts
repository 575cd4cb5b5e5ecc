/** One session over standard input and output: a line in, a line out. */
import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from '../adapter/lines.js';
import { RPC } from '../adapter/rpc.js';
import { errorText, type Response, type Session } from './session.js';

/** The most of a request, in bytes. */
export const REQUEST_LIMIT = 16 * 1024 * 1024;

type Line = Buffer | 'too long';

const TOO_LONG: Response = {
  text: errorText(null, {
    code: RPC.request,
    message: `a request has at most ${REQUEST_LIMIT} bytes`,
  }),
  last: true,
};

/** The responses to what was asked at once, up to the last one of all. */
async function answer(session: Session, asked: readonly Line[]): Promise<Response> {
  let text = '';
  for (const line of asked) {
    const response = line === 'too long' ? TOO_LONG : await session.respond(line.toString('utf8'));
    text += `${response.text}\n`;
    if (response.last) return { text, last: true };
  }
  return { text, last: false };
}

/** Serves until the input ends, or until `bye`. */
export async function serveLines(
  session: Session,
  input: Readable,
  output: Writable,
): Promise<void> {
  let asked: Line[] = [];
  const lines = new LineSplitter(
    REQUEST_LIMIT,
    (line) => asked.push(line),
    () => asked.push('too long'),
  );
  for await (const chunk of input) {
    lines.push(chunk as Buffer);
    // In one write: each of them wakes up who reads.
    const { text, last } = await answer(session, asked);
    asked = [];
    if (text !== '') output.write(text);
    if (last) return;
  }
}
