/** Services that answer in every way, without a network. */
import { expect } from 'chai';
import nock from 'nock';
import { AdapterFault, HarnessError } from '../errors.js';
import { open } from './http.js';
import { DEFAULT_OPTIONS, type AdapterOptions } from './options.js';
import type { Call } from './protocol.js';

const HOST = 'http://device.test:8080';
const URL_ = `${HOST}/rpc`;
const RESET: Call = { method: 'reset', params: {} };
const HELLO = {
  protocol: 1,
  name: 'service',
  version: '1',
  profile: 'linux-6.1',
  capabilities: [],
  observes: [],
  order: 'total',
  clock: 'virtual',
  events: [],
};

type Body = Record<string, unknown>;
const answering =
  (result: object) =>
  (_path: string, body: nock.Body): Body => ({ jsonrpc: '2.0', id: (body as Body)['id'], result });

/** The service says hello, and then what the test says. */
function greeted(): nock.Scope {
  return nock(HOST).post('/rpc').reply(200, answering(HELLO));
}

async function adapterOf(options: Partial<AdapterOptions> = {}) {
  const opened = await open(URL_, { ...DEFAULT_OPTIONS, ...options });
  return opened.factory('linux-6.1');
}

async function faultOf(promise: unknown): Promise<AdapterFault> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AdapterFault) return error;
    throw error;
  }
  throw new Error('no fault');
}

describe('http:', () => {
  before(() => nock.disableNetConnect());
  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });
  beforeEach(() => {
    if (!nock.isActive()) nock.activate();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).to.deep.equal([]);
  });

  it('posts one request object as JSON and reads the answer', async () => {
    greeted()
      .post('/rpc', { jsonrpc: '2.0', id: 2, method: 'reset', params: {} })
      .matchHeader('content-type', 'application/json')
      .reply(200, answering({ ret: 0, events: [] }));
    const adapter = await adapterOf();
    expect(adapter.hello).to.include({ name: 'service' });
    expect(await adapter.call(RESET)).to.deep.equal({ answer: { ret: 0 }, events: [] });
  });

  it('sends the session that hello came with', async () => {
    nock(HOST)
      .post('/rpc')
      .reply(200, answering(HELLO), { 'Mdev-Session': 'abc' })
      .post('/rpc')
      .matchHeader('mdev-session', 'abc')
      .reply(200, answering({ ret: 0, events: [] }));
    await (await adapterOf()).call(RESET);
  });

  it('says hello anew, without a session, after a fault', async () => {
    nock(HOST)
      .post('/rpc')
      .reply(200, answering(HELLO), { 'Mdev-Session': 'abc' })
      .post('/rpc')
      .reply(500, 'oops')
      .post('/rpc', (body: Body) => body['method'] === 'hello')
      .matchHeader('mdev-session', (value) => value === undefined)
      .reply(200, answering(HELLO))
      .post('/rpc')
      .reply(200, answering({ ret: 0, events: [] }));
    const adapter = await adapterOf();
    expect((await faultOf(adapter.call(RESET))).code).to.equal('E_ADAPTER_STATUS');
    expect((await adapter.call(RESET)).answer).to.deep.equal({ ret: 0 });
  });

  const statuses: Record<string, [number, string, RegExp, object?]> = {
    'an error of the service': [500, 'E_ADAPTER_STATUS', /^it answered HTTP 500: "body"$/],
    'a place where nothing is': [404, 'E_ADAPTER_STATUS', /HTTP 404/],
    'an answer without a body': [204, 'E_ADAPTER_STATUS', /HTTP 204/],
    'a redirection': [302, 'E_ADAPTER_REDIRECT', /name the URL/, { location: 'http://x.test/' }],
    'one that keeps the method': [307, 'E_ADAPTER_REDIRECT', /307/, { location: 'http://x.test/' }],
  };
  for (const [what, [status, code, sentence, headers]] of Object.entries(statuses)) {
    it(`takes ${what} for a fault`, async () => {
      greeted()
        .post('/rpc')
        .reply(status, status === 204 ? '' : 'body', headers as Record<string, string>);
      const fault = await faultOf((await adapterOf()).call(RESET));
      expect(fault.code).to.equal(code);
      expect(fault.message).to.match(sentence);
    });
  }

  const bodies: Record<string, [nock.ReplyBody, string]> = {
    'no JSON': ['<html>', 'E_ADAPTER_JSON'],
    'another id': [{ jsonrpc: '2.0', id: 99, result: { ret: 0, events: [] } }, 'E_ADAPTER_ID'],
    'no events': [{ jsonrpc: '2.0', id: 2, result: { ret: 0 } }, 'E_ADAPTER_EVENTS'],
    'no UTF-8': [Buffer.from([0xff, 0xfe]), 'E_ADAPTER_JSON'],
    'more than anybody says': [Buffer.alloc(16 * 1024 * 1024 + 1, 'x'), 'E_ADAPTER_LENGTH'],
  };
  for (const [what, [body, code]] of Object.entries(bodies)) {
    it(`takes ${what} for a fault`, async () => {
      greeted().post('/rpc').reply(200, body);
      expect((await faultOf((await adapterOf()).call(RESET))).code).to.equal(code);
    });
  }

  it('does not wait for ever', async () => {
    greeted().post('/rpc').delay(5000).reply(200, '');
    const fault = await faultOf((await adapterOf({ timeoutMs: 50 })).call(RESET));
    expect([fault.code, fault.message]).to.deep.equal([
      'E_ADAPTER_TIMEOUT',
      'it did not answer within 0.05 s',
    ]);
    nock.abortPendingRequests();
  });

  it('gives a real clock the time that is to pass', async () => {
    nock(HOST)
      .post('/rpc')
      .reply(200, answering({ ...HELLO, clock: 'real' }))
      .post('/rpc')
      .delay(60)
      .reply(200, answering({ ret: 0, events: [] }));
    const adapter = await adapterOf({ timeoutMs: 50 });
    const reply = await adapter.call({ method: 'advance', params: { ms: 1000 } });
    expect(reply.answer).to.deep.equal({ ret: 0 });
  });

  it('tries again where nobody listened', async () => {
    nock(HOST)
      .post('/rpc')
      .replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
      .post('/rpc')
      .reply(200, answering(HELLO));
    expect((await adapterOf()).hello.name).to.equal('service');
  });

  it('gives up where nobody listens', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    nock(HOST).post('/rpc').times(4).replyWithError(refused);
    const fault = await faultOf(adapterOf());
    expect(fault.code).to.equal('E_ADAPTER_CONNECT');
    expect(fault.message).to.equal('nobody answers at device.test:8080');
  });

  it('does not try again what may have been carried out', async () => {
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    greeted().post('/rpc').replyWithError(lost);
    const fault = await faultOf((await adapterOf()).call(RESET));
    expect(fault.code).to.equal('E_ADAPTER_CONNECTION');
  });

  describe('with secrets', () => {
    const SECRET = 'Bearer s3cr3t-"quoted"-value';
    const options: Partial<AdapterOptions> = {
      headers: [['X-Rack', '7']],
      secretHeaders: [['Authorization', 'HTTP_TEST_SECRET']],
    };
    beforeEach(() => (process.env['HTTP_TEST_SECRET'] = SECRET));
    afterEach(() => delete process.env['HTTP_TEST_SECRET']);

    it('sends them with every request', async () => {
      nock(HOST, { reqheaders: { authorization: SECRET, 'x-rack': '7' } })
        .post('/rpc')
        .reply(200, answering(HELLO))
        .post('/rpc')
        .reply(200, answering({ ret: 0, events: [] }));
      await (await adapterOf(options)).call(RESET);
    });

    const echoes: Record<string, nock.ReplyBody> = {
      'as it is': SECRET,
      'within JSON': { jsonrpc: '2.0', id: 2, error: { code: 1, message: `who is ${SECRET}?` } },
      'without its scheme': 'no such token: s3cr3t-"quoted"-value',
    };
    it('shows no part of them where an excerpt ends', async () => {
      greeted()
        .post('/rpc')
        .reply(401, `${'x'.repeat(110)}${SECRET}`);
      const { message } = await faultOf((await adapterOf(options)).call(RESET));
      expect(message).not.to.match(/Bearer|s3c/);
    });

    it('keeps them out of what is no text', async () => {
      greeted()
        .post('/rpc')
        .reply(200, Buffer.concat([Buffer.from(SECRET), Buffer.from([0xff])]));
      const { code, message } = await faultOf((await adapterOf(options)).call(RESET));
      expect(code).to.equal('E_ADAPTER_JSON');
      expect(message)
        .to.contain('***')
        .and.not.match(/s3cr3t/);
    });

    it('keeps them out of answers, which reports and recordings show', async () => {
      const data = `you are ${SECRET}`;
      greeted()
        .post('/rpc')
        .reply(200, { jsonrpc: '2.0', id: 2, result: { ret: 1, data, events: [] } });
      const { answer } = await (
        await adapterOf(options)
      ).call({ method: 'read', params: { path: '/' } });
      expect(answer).to.deep.equal({ ret: 1, data: 'you are ***' });
    });

    it('refuses what is too short to be told from other words', async () => {
      process.env['HTTP_TEST_SECRET'] = 'abc';
      const error = await adapterOf(options).catch((e: unknown) => e);
      expect(error).to.have.property('code', 'E_USAGE');
      expect((error as Error).message)
        .to.contain('less than 8 characters')
        .and.not.contain('abc');
    });

    for (const [what, body] of Object.entries(echoes)) {
      it(`never shows what the service repeats of them ${what}`, async () => {
        greeted().post('/rpc').reply(200, body);
        const { message, stderr } = await faultOf((await adapterOf(options)).call(RESET));
        expect(message).to.contain('***');
        expect(`${message}${stderr}`).not.to.match(/s3cr3t|quoted/);
      });
    }
  });

  const wrong: Record<string, [string, Partial<AdapterOptions>, RegExp]> = {
    'no URL': ['http://', {}, /needs a whole URL/],
    'a password in the URL': ['http://u:hush@device.test/', {}, /a URL holds no password/],
    'a header of ours': [
      URL_,
      { headers: [['Content-Type', 'x']] },
      /Content-Type is set by mdevct/,
    ],
    'a secret that is not set': [
      URL_,
      { secretHeaders: [['A', 'HTTP_TEST_NONE']] },
      /HTTP_TEST_NONE/,
    ],
  };
  for (const [what, [url, options, sentence]] of Object.entries(wrong)) {
    it(`refuses ${what}`, async () => {
      const error = await open(url, { ...DEFAULT_OPTIONS, ...options }).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(HarnessError).with.property('code', 'E_USAGE');
      expect((error as HarnessError).message)
        .to.match(sentence)
        .and.not.contain('hush');
    });
  }
});
