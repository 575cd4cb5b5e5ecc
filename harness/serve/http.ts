/** Sessions over HTTP: POST of one request to one URL, and a machine for each session. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPC } from '../adapter/rpc.js';
import { SESSION_HEADER } from '../adapter/session-header.js';
import { HarnessError } from '../errors.js';
import { readBody } from './body.js';
import { errorText, type Session } from './session.js';
import { Sessions } from './sessions.js';
import { REQUEST_LIMIT } from './stdio.js';

export interface HttpOptions {
  host: string;
  /** 0: any that is free */
  port: number;
  /** what clients must know, if anything */
  token?: string | undefined;
  /** makes the machine of a new session */
  sessions: () => Session;
  /** the most sessions at a time */
  limit?: number;
  /** how long a session may be idle */
  idleMs?: number;
}

export interface HttpServer {
  url: string;
  /** when it was stopped, by a signal or by {@link stop}; fails with a bug of ours */
  ended: Promise<void>;
  stop(): void;
}

const LIMIT = 64;
const IDLE_MS = 10 * 60 * 1000;

/** What is refused before a request is even read as one. */
class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

function send(response: ServerResponse, status: number, text: string, headers: object = {}): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function requireToken({ headers }: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return;
  // Digests have one length, and comparing them takes as long whatever was sent.
  const sent = digest(headers.authorization ?? '');
  if (timingSafeEqual(sent, digest(`Bearer ${token}`))) return;
  throw new HttpRefusal(401, 'this server wants a token: Authorization: Bearer <token>', {
    'www-authenticate': 'Bearer',
  });
}

function requireRequest({ url, method, headers }: IncomingMessage): void {
  if (url !== '/') throw new HttpRefusal(404, 'there is nothing here but /');
  if (method !== 'POST') {
    throw new HttpRefusal(405, 'requests are sent with POST', { allow: 'POST' });
  }
  // A page in somebody's browser can't send this type without asking first.
  if (/^application\/json\b/.test(headers['content-type'] ?? '')) return;
  throw new HttpRefusal(415, 'a request is application/json');
}

/** The name in a Host header, without its port. */
const hostName = (header: string): string =>
  header.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');

/**
 * A page in a browser may have got a name of its own for this machine (DNS rebinding); to the browser the
 * two are then one place. Its requests still say the name. Who knows the token is no such page.
 */
function requireOwnHost({ headers: { host = '' } }: IncomingMessage, token?: string): void {
  if (token !== undefined || isLoopback(hostName(host).toLowerCase())) return;
  throw new HttpRefusal(
    421,
    'without a token, only localhost and addresses of loopback are served',
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, REQUEST_LIMIT).catch(() => {
    throw new HttpRefusal(400, 'the request was cut off');
  });
  if (body !== undefined) return body.toString('utf8');
  throw new HttpRefusal(413, `a request has at most ${REQUEST_LIMIT} bytes`, {
    connection: 'close',
  });
}

/** The session of a request; a new one for a request without any, which stays if it is hello. */
function sessionOf({ headers }: IncomingMessage, sessions: Sessions): [string, Session] {
  const id = headers[SESSION_HEADER];
  if (typeof id !== 'string') {
    const opened = sessions.open(randomUUID());
    if (opened) return opened;
    throw new HttpRefusal(
      503,
      `${sessions.limit} sessions are open, which is the most; end one with bye`,
    );
  }
  const session = sessions.get(id);
  if (session) return [id, session];
  throw new HttpRefusal(404, 'the session is not known, or was idle for too long; say hello anew');
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Sessions,
  token: string | undefined,
): Promise<void> {
  requireToken(request, token);
  requireOwnHost(request, token);
  requireRequest(request);
  const text = await bodyOf(request);
  const [id, session] = sessionOf(request, sessions);
  const { text: answer, last } = await session.respond(text);
  if (last || !session.greeted) sessions.end(id);
  send(response, 200, answer, { [SESSION_HEADER]: id });
}

function refuse(response: ServerResponse, { status, message, headers }: HttpRefusal): void {
  send(response, status, errorText(null, { code: RPC.request, message }), headers);
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ message }) => {
      reject(new HarnessError('E_LISTEN', `it is not possible to listen there: ${message}`));
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: actual } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}/`;
}

/**
 * Serves until it is stopped.
 * @throws HarnessError `E_LISTEN` if it can't listen there; `E_USAGE` for an address that others can
 * reach without a token
 */
export async function serveOverHttp(options: HttpOptions): Promise<HttpServer> {
  const { host, port, token, limit = LIMIT, idleMs = IDLE_MS } = options;
  if (!isLoopback(host) && token === undefined) {
    throw new HarnessError('E_USAGE', `others can reach ${host}: --token-env must name a token`);
  }
  const sessions = new Sessions(options.sessions, limit, idleMs);
  let bug: unknown;
  const server = createServer((request, response) => {
    handle(request, response, sessions, token).catch((error: unknown) => {
      if (error instanceof HttpRefusal) refuse(response, error);
      else {
        bug = error;
        stop();
      }
    });
  });
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  const url = await listen(server, host, port);
  const ended = once(server, 'close').then(() => {
    if (bug !== undefined) throw bug;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, stop);
    server.once('close', () => process.off(signal, stop));
  }
  return { url, ended, stop };
}
