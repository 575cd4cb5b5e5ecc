/** A real server on loopback. */
import { connect } from 'node:net';
import { expect } from 'chai';
import { reference } from '../adapter/reference.js';
import { HarnessError } from '../errors.js';
import { serveOverHttp, type HttpOptions, type HttpServer } from './http.js';
import { Session } from './session.js';
import { REQUEST_LIMIT } from './stdio.js';

const TYPE = { 'content-type': 'application/json' };
const rpc = (method: string, params: object = {}): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
const HELLO = rpc('hello', { protocol: 1 });

describe('serveOverHttp', () => {
  let server: HttpServer;
  const start = async (options: Partial<HttpOptions> = {}): Promise<void> => {
    const sessions = (): Session => new Session(reference, 'linux-6.12', true);
    server = await serveOverHttp({ host: '127.0.0.1', port: 0, sessions, ...options });
  };
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.url, { method: 'POST', body, headers: { ...TYPE, ...headers } });
  const greet = async (): Promise<string> => (await post(HELLO)).headers.get('mdev-session')!;

  afterEach(async () => {
    server.stop();
    await server.ended;
  });

  it('gives each hello a machine of its own, and later requests the one that they name', async () => {
    await start();
    const [one, two] = [await greet(), await greet()];
    expect(one).not.to.equal(two);
    const insmod = rpc('insmod', { module: 'mdev' });
    const answer = async (session: string): Promise<unknown> => {
      const response = await post(insmod, { 'mdev-session': session });
      expect(response.status).to.equal(200);
      return ((await response.json()) as { result: { errno?: string } }).result.errno;
    };
    expect([await answer(one), await answer(one), await answer(two)]).to.deep.equal([
      undefined,
      'EEXIST',
      undefined,
    ]);
  });

  it('ends a session with bye', async () => {
    await start();
    const session = { 'mdev-session': await greet() };
    expect((await post(rpc('bye'), session)).status).to.equal(200);
    expect((await post(rpc('reset'), session)).status).to.equal(404);
  });

  it('answers wrong requests as JSON-RPC does', async () => {
    await start();
    const session = { 'mdev-session': await greet() };
    for (const [body, code] of [
      ['{', -32700],
      ['[]', -32600],
      [rpc('nope'), -32601],
      [rpc('read'), -32602],
    ] as const) {
      const response = await post(body, session);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.have.nested.property('error.code', code);
    }
  });

  it('keeps no session of a request that is no hello', async () => {
    await start({ limit: 1 });
    for (let i = 0; i < 3; i++) {
      expect(await (await post(rpc('reset'))).json()).to.have.nested.property('error.code', -32600);
    }
    expect((await post(HELLO)).status).to.equal(200);
  });

  const refused: Record<string, [string, RequestInit, number]> = {
    'another place': ['etc/passwd', { method: 'POST', headers: TYPE, body: HELLO }, 404],
    'a query': ['?x', { method: 'POST', headers: TYPE, body: HELLO }, 404],
    GET: ['', {}, 405],
    PUT: ['', { method: 'PUT', headers: TYPE, body: HELLO }, 405],
    'a form': ['', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }, 415],
    'an unknown session': [
      '',
      { method: 'POST', headers: { ...TYPE, 'mdev-session': 'x' }, body: HELLO },
      404,
    ],
  };
  for (const [what, [path, init, status]] of Object.entries(refused)) {
    it(`refuses ${what} with ${status}`, async () => {
      await start();
      const response = await fetch(server.url + path, init);
      expect(response.status).to.equal(status);
      expect(await response.json())
        .to.have.nested.property('error.message')
        .that.is.a('string');
    });
  }

  it('refuses a body that is too large, and goes on', async () => {
    await start();
    const response = await post('x'.repeat(REQUEST_LIMIT + 1)).catch(() => undefined);
    // Who is still writing may only see that nobody reads any more.
    if (response) expect(response.status).to.equal(413);
    expect((await post(HELLO)).status).to.equal(200);
  });

  it('goes on after a request that is cut off', async () => {
    await start();
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`);
    await new Promise((resolve) => socket.write('content-length: 99\r\n\r\n{', resolve));
    socket.destroy();
    expect((await post(HELLO)).status).to.equal(200);
  });

  /** The status of hello under a name that this machine may have been given. */
  const statusFor = async (host: string, headers = ''): Promise<string> => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `host: ${host}\r\ncontent-type: application/json\r\nconnection: close\r\n${headers}`;
    socket.end(`POST / HTTP/1.1\r\n${head}content-length: ${HELLO.length}\r\n\r\n${HELLO}`);
    let text = '';
    for await (const part of socket.setEncoding('utf8')) text += part;
    return text.split(' ')[1]!;
  };

  it('answers to names of loopback only, unless a token is known', async () => {
    await start();
    for (const host of ['localhost:8655', 'LOCALHOST', '127.0.0.1:1', '[::1]:8655']) {
      expect(await statusFor(host), host).to.equal('200');
    }
    for (const host of ['rebound.test:8655', '127.0.0.1.rebound.test', '0.0.0.0', '']) {
      expect(await statusFor(host), host).to.equal('421');
    }
    server.stop();
    await server.ended;
    await start({ token: 'open sesame' });
    const token = 'authorization: Bearer open sesame\r\n';
    expect(await statusFor('device.test', token)).to.equal('200');
  });

  it('has a limit of sessions, and says so', async () => {
    await start({ limit: 1 });
    await greet();
    const response = await post(HELLO);
    expect(response.status).to.equal(503);
    expect(await response.text()).to.contain('1 sessions are open, which is the most');
  });

  it('drops sessions that are idle', async () => {
    await start({ idleMs: 0 });
    const session = await greet();
    expect((await post(rpc('reset'), { 'mdev-session': session })).status).to.equal(404);
  });

  it('wants its token, and does not say it', async () => {
    await start({ token: 'open sesame' });
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: 'open sesame' }]) {
      const response = await post(HELLO, headers as Record<string, string>);
      expect(response.status).to.equal(401);
      expect(await response.text()).not.to.contain('sesame');
    }
    expect((await post(HELLO, { authorization: 'Bearer open sesame' })).status).to.equal(200);
  });

  it('listens where others can reach it only with a token', async () => {
    await start();
    const sessions = (): Session => new Session(reference, 'linux-6.12', true);
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.org']) {
      const error = await serveOverHttp({ host, port: 0, sessions }).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(HarnessError).with.property('code', 'E_USAGE');
    }
  });

  it('says if it can’t listen', async () => {
    await start();
    const sessions = (): Session => new Session(reference, 'linux-6.12', true);
    const port = Number(new URL(server.url).port);
    const error = await serveOverHttp({ host: '127.0.0.1', port, sessions }).catch(
      (e: unknown) => e,
    );
    expect(error).to.be.instanceOf(HarnessError).with.property('code', 'E_LISTEN');
  });

  it('ends with what is a bug of its own', async () => {
    await start({
      sessions: () => {
        throw new TypeError('a bug');
      },
    });
    const ended = server.ended.catch((e: unknown) => e);
    await post(HELLO).catch(() => undefined);
    const error = await ended;
    expect(error).to.be.instanceOf(TypeError);
    await start();
  });
});
