/** `http://…` and `https://…`: a service that takes one request of protocol 1 with each POST. */
import { HarnessError } from '../errors.js';
import { Connection } from './connection.js';
import { headersOf, masker } from './headers.js';
import type { Open } from './kinds.js';
import { Remote } from './remote.js';
import { SESSION_HEADER } from './session-header.js';
import type { Transport } from './transport.js';

/** @throws HarnessError `E_USAGE`; what the URL holds may be a secret and is not told */
function urlOf(text: string): URL {
  if (!URL.canParse(text)) {
    throw new HarnessError('E_USAGE', '--adapter needs a whole URL: http://host:port/path');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const message =
      'a URL holds no password; --header-env Authorization=VARIABLE takes it from the environment';
    throw new HarnessError('E_USAGE', message);
  }
  return url;
}

class HttpTransport implements Transport {
  generation = 0;
  readonly ahead = false;
  private session: string | undefined;

  constructor(private readonly connection: Connection) {}

  async exchange(request: string, ms: number): Promise<string> {
    const headers: Record<string, string> = {};
    if (this.session !== undefined) headers[SESSION_HEADER] = this.session;
    const sent = await this.connection.post(request, headers, ms);
    this.session = sent.session ?? this.session;
    return sent.text;
  }

  restart(): void {
    this.session = undefined;
    this.generation++;
  }

  async close(): Promise<void> {
    this.restart();
    this.connection.close();
  }
}

/** See the head of this file. @throws HarnessError `E_USAGE` */
export const open: Open = async (target, options) => {
  const { secrets, headers } = headersOf(options, process.env);
  const connection = new Connection(urlOf(target), headers, masker(secrets));
  return new Remote(new HttpTransport(connection), options);
};
