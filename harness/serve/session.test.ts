import { expect } from 'chai';
import { reference } from '../adapter/reference.js';
import { AdapterFault } from '../errors.js';
import { Session } from './session.js';

interface Body {
  id: unknown;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

function sessionOf(greetFirst = false) {
  const session = new Session(reference, 'linux-6.12', greetFirst);
  return async (request: unknown): Promise<Body> => {
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    const { text: response } = await session.respond(text);
    const body = JSON.parse(response) as Body & { jsonrpc: string };
    expect(body.jsonrpc).to.equal('2.0');
    return body;
  };
}

const request = (method: unknown, params?: unknown, id: unknown = 7): object => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params !== undefined && { params }),
});

describe('Session', () => {
  it('answers calls with the id, the answer and the events', async () => {
    const ask = sessionOf();
    expect(await ask(request('reset', {}, 'x'))).to.deep.equal({
      jsonrpc: '2.0',
      id: 'x',
      result: { ret: 0, events: [] },
    });
    const { result } = await ask(request('insmod', { module: 'mdev' }));
    expect(result).to.include({ ret: 0 });
    expect(result!['events']).not.to.be.empty;
  });

  it('takes params that are left out for none', async () => {
    expect((await sessionOf()(request('reset'))).result).to.deep.equal({ ret: 0, events: [] });
  });

  it('plays the profile that hello asks for, and its own if it asks for none', async () => {
    const ask = sessionOf();
    const profile = async (params: object): Promise<unknown> =>
      (await ask(request('hello', { protocol: 1, ...params }))).result?.['profile'];
    expect(await profile({})).to.equal('linux-6.12');
    expect(await profile({ profile: 'linux-5.10' })).to.equal('linux-5.10');
    expect(await profile({ profile: 'linux-5.10' })).to.equal('linux-5.10');
    expect(await profile({})).to.equal('linux-6.12');
  });

  const wrong: Record<string, [unknown, number, unknown, RegExp]> = {
    'no JSON': ['{"jsonrpc"', -32700, null, /no JSON/],
    'an empty line': ['', -32700, null, /no JSON/],
    'a batch': [[request('reset')], -32600, null, /no batches/],
    'a text': ['"reset"', -32600, null, /one object/],
    'a field too many': [{ ...request('reset'), extra: 1 }, -32600, 7, /no field "extra"/],
    'no version': [{ id: 7, method: 'reset' }, -32600, 7, /"jsonrpc" must be "2.0"/],
    'a notification': [{ jsonrpc: '2.0', method: 'reset' }, -32600, null, /every request is answ/],
    'an id of another kind': [request('reset', {}, {}), -32600, null, /"id" must be/],
    'a method that is no text': [request(5), -32600, 7, /"method" must be/],
    'an unknown method': [request('levitate', {}), -32601, 7, /no method "levitate"/],
    __proto__: [request('__proto__', {}), -32601, 7, /no method/],
    'no object of params': [request('read', ['/']), -32602, 7, /params of read are no object/],
    'bad params': [request('read', { path: 'x' }), -32602, 7, /path of read must be/],
    'another protocol': [request('hello', { protocol: 2 }), -32602, 7, /protocol of hello/],
    'a profile that there isn’t': [
      request('hello', { protocol: 1, profile: 'linux-9' }),
      -32602,
      7,
      /unknown profile "linux-9"/,
    ],
    'a call that makes no sense': [request('task', { task: 'nobody' }), -32602, 7, /no task/],
  };
  for (const [what, [body, code, id, sentence]] of Object.entries(wrong)) {
    it(`refuses ${what}, and goes on`, async () => {
      const ask = sessionOf();
      const { error, id: answered } = await ask(body);
      expect([error?.code, answered]).to.deep.equal([code, id]);
      expect(error!.message).to.match(sentence);
      expect(await ask(request('reset'))).to.have.property('result');
    });
  }

  it('hands a fault on with its code', async () => {
    const inner = await reference('linux-6.12');
    const faulty = {
      hello: inner.hello,
      call: () => {
        throw new AdapterFault('E_MODEL', 'a count below zero');
      },
      close: () => undefined,
    };
    const session = new Session(() => faulty, 'linux-6.12');
    const { text } = await session.respond(JSON.stringify(request('reset')));
    expect(JSON.parse(text)).to.have.deep.property('error', {
      code: -32000,
      message: 'a count below zero',
      data: { code: 'E_MODEL' },
    });
  });

  it('wants hello first where it is told to', async () => {
    const ask = sessionOf(true);
    expect((await ask(request('reset'))).error).to.include({ code: -32600 });
    await ask(request('hello', { protocol: 1 }));
    expect(await ask(request('reset'))).to.have.property('result');
  });

  it('says which response is the last', async () => {
    const session = new Session(reference, 'linux-6.12');
    const last = async (method: string): Promise<boolean> =>
      (await session.respond(JSON.stringify(request(method)))).last;
    expect([await last('reset'), await last('bye'), await last('nope')]).to.deep.equal([
      false,
      true,
      false,
    ]);
  });
});
