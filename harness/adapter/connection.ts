/** POST requests to one URL over connections that are kept. */
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdapterFault } from '../errors.js';
import { utf8 } from './rpc.js';
import { SESSION_HEADER } from './session-header.js';
import { RESPONSE_LIMIT, excerpt } from './transport.js';

/** What a POST came to. */
export interface Sent {
  text: string;
  session?: string | undefined;
}

const LIBRARIES = { 'http:': http, 'https:': https } as const;

/** Nobody listens there: the request was not sent, so it can't have been carried out. */
const UNSENT: readonly (string | undefined)[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** Pauses before trying again, for a service that is only just starting. */
const PAUSES_MS = [50, 150, 400];

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** An answer that is no response of JSON-RPC. */
function statusFault(status: number, text: string): AdapterFault {
  if (isRedirect(status)) {
    const message = `it answered a redirection (${status}); name the URL where it really is`;
    return new AdapterFault('E_ADAPTER_REDIRECT', message);
  }
  return new AdapterFault('E_ADAPTER_STATUS', `it answered HTTP ${status}: ${excerpt(text)}`);
}

export class Connection {
  private readonly library: (typeof LIBRARIES)['http:' | 'https:'];
  private readonly agent: http.Agent;

  constructor(
    private readonly url: URL,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly mask: (bytes: Buffer) => Buffer,
  ) {
    this.library = LIBRARIES[url.protocol as keyof typeof LIBRARIES];
    this.agent = new this.library.Agent({ keepAlive: true, maxSockets: 1 });
  }

  /** @throws AdapterFault `E_ADAPTER_CONNECT`, `E_ADAPTER_TIMEOUT`, `E_ADAPTER_STATUS`, … */
  async post(body: string, headers: Record<string, string>, ms: number): Promise<Sent> {
    for (const pause of PAUSES_MS) {
      const sent = await this.attempt(body, headers, ms);
      if (sent !== 'unsent') return sent;
      await sleep(pause);
    }
    const sent = await this.attempt(body, headers, ms);
    if (sent !== 'unsent') return sent;
    throw new AdapterFault('E_ADAPTER_CONNECT', `nobody answers at ${this.url.host}`);
  }

  close(): void {
    this.agent.destroy();
  }

  private attempt(
    body: string,
    headers: Record<string, string>,
    ms: number,
  ): Promise<Sent | 'unsent'> {
    return new Promise((resolve, reject) => {
      const request = this.library.request(this.url, {
        method: 'POST',
        agent: this.agent,
        headers: {
          ...this.headers,
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      });
      const fail = (code: `E_${string}`, message: string): void => {
        clearTimeout(timer);
        reject(new AdapterFault(code, message));
        request.destroy();
      };
      const timer = setTimeout(() => {
        fail('E_ADAPTER_TIMEOUT', `it did not answer within ${ms / 1000} s`);
      }, ms);
      const lost = ({ code, message }: NodeJS.ErrnoException): void => {
        clearTimeout(timer);
        if (UNSENT.includes(code)) resolve('unsent');
        else fail('E_ADAPTER_CONNECTION', `the connection was lost: ${message}`);
      };
      request.on('error', lost);
      request.on('response', (response) => {
        receive(response, this.mask, fail, lost, (text) => {
          clearTimeout(timer);
          resolve({ text, session: response.headers[SESSION_HEADER] as string | undefined });
        });
      });
      // Headers and body leave in one write.
      request.end(body);
    });
  }
}

type Fail = (code: `E_${string}`, message: string) => void;

/** Reads a response that may be of any length and end anywhere. */
function receive(
  response: http.IncomingMessage,
  mask: (bytes: Buffer) => Buffer,
  fail: Fail,
  lost: (error: Error) => void,
  done: (text: string) => void,
): void {
  const parts: Buffer[] = [];
  let length = 0;
  response.on('data', (part: Buffer) => {
    length += part.length;
    if (length <= RESPONSE_LIMIT) parts.push(part);
    else fail('E_ADAPTER_LENGTH', `its response has more than ${RESPONSE_LIMIT} bytes`);
  });
  response.on('error', lost);
  response.on('end', () => {
    try {
      const text = utf8(mask(Buffer.concat(parts)));
      if (response.statusCode !== 200) throw statusFault(response.statusCode!, text);
      done(text);
    } catch (error) {
      const { code, message } = error as AdapterFault;
      fail(code, message);
    }
  });
}
