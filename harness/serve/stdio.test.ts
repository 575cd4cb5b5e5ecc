import { PassThrough, Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import { reference } from '../adapter/reference.js';
import { Session } from './session.js';
import { REQUEST_LIMIT, serveLines } from './stdio.js';

async function served(...chunks: (string | Buffer)[]): Promise<Record<string, unknown>[]> {
  const output = new PassThrough();
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  await serveLines(new Session(reference, 'linux-6.12'), input, output);
  output.end();
  const lines = Buffer.concat((await output.toArray()) as Buffer[])
    .toString()
    .split('\n');
  expect(lines.pop()).to.equal('');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const line = (id: number, method: string): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params: {} })}\n`;
const ids = (responses: Record<string, unknown>[]) => responses.map(({ id }) => id);

describe('serveLines', () => {
  it('answers each line with a line, however they come', async () => {
    const text = line(1, 'reset') + line(2, 'nope') + line(3, 'reset');
    expect(ids(await served(text))).to.deep.equal([1, 2, 3]);
    expect(ids(await served(...text))).to.deep.equal([1, 2, 3]);
  });

  it('answers in one write what was asked at once', async () => {
    const writes: string[] = [];
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        writes.push(chunk.toString());
        done();
      },
    });
    const input = Readable.from([Buffer.from(line(1, 'reset') + line(2, 'reset'))]);
    await serveLines(new Session(reference, 'linux-6.12'), input, output);
    expect(writes).to.have.length(1);
    expect(writes[0]!.split('\n')).to.have.length(3);
  });

  it('ends with bye, and with the input', async () => {
    expect(ids(await served(line(1, 'bye'), line(2, 'reset')))).to.deep.equal([1]);
    expect(await served()).to.deep.equal([]);
    expect(ids(await served(line(1, 'reset'), '{"half'))).to.deep.equal([1]);
  });

  it('refuses a line that is too long, and ends', async () => {
    const long = Buffer.alloc(REQUEST_LIMIT + 1, 'x');
    const responses = await served(line(1, 'reset'), long, line(2, 'reset'));
    expect(responses).to.have.length(2);
    expect(responses[1]).to.have.nested.property('error.code', -32600);
  });
});
