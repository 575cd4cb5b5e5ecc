import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { AdapterFault } from '../errors.js';
import type { Adapter } from './adapter.js';
import { open } from './exec.js';
import type { Opened } from './kinds.js';
import { DEFAULT_OPTIONS } from './options.js';
import type { Call } from './protocol.js';
import { ended } from './testing/ended.js';

const MISBEHAVE = fileURLToPath(new URL('../baselines/misbehave.js', import.meta.url));
const command = (way: string): string => `exec "${process.execPath}" "${MISBEHAVE}" ${way}`;
const WRITE: Call = { method: 'write', params: { path: '/sys/x', data: 'y' } };
const RESET: Call = { method: 'reset', params: {} };

let opened: Opened;
async function start(
  line: string,
  options: Partial<typeof DEFAULT_OPTIONS> = {},
): Promise<Adapter> {
  opened = await open(line, { ...DEFAULT_OPTIONS, ...options });
  return opened.factory('linux-6.12');
}

async function faultAt(adapter: Adapter, call: Call = WRITE): Promise<AdapterFault> {
  try {
    await adapter.call(call);
  } catch (error) {
    expect(error).to.be.instanceOf(AdapterFault);
    return error as AdapterFault;
  }
  throw new Error('no fault');
}

/** Way of misbehaving → the code of the fault, and what its sentence says. */
const FAULTS: Readonly<Record<string, [string, RegExp]>> = {
  crash: ['E_ADAPTER_EXIT', /ended with status 3$/],
  killed: ['E_ADAPTER_EXIT', /ended by SIGKILL$/],
  babble: ['E_ADAPTER_JSON', /no JSON: "hello there"$/],
  'not-utf8': ['E_ADAPTER_JSON', /not UTF-8/],
  'no-object': ['E_ADAPTER_JSON', /no object: "\[1\]"$/],
  'half-line': ['E_ADAPTER_HALF_LINE', /status 0 in the middle of a line$/],
  'endless-line': ['E_ADAPTER_LINE', /more than 16777216 bytes$/],
  'wrong-id': ['E_ADAPTER_ID', /the id 3 to the request 2$/],
  'no-id': ['E_ADAPTER_ID', /the id none to/],
  'no-version': ['E_ADAPTER_RPC', /"jsonrpc" is not "2.0"/],
  both: ['E_ADAPTER_RPC', /one of result and error/],
  'more-envelope': ['E_ADAPTER_RPC', /a field "extra"/],
  'bad-error': ['E_ADAPTER_RPC', /no code and message/],
  error: ['E_ADAPTER_ERROR', /error -32050: out of paper$/],
  'own-error': ['E_MODEL', /^leak$/],
  'no-method': ['E_METHOD', /^no write here$/],
  unread: ['E_ADAPTER_ERROR', /error -32700: what\?$/],
  'unknown-field': ['E_ADAPTER_RESULT', /write has a field "colour".*it has ret$/],
  'no-ret': ['E_ADAPTER_RESULT', /no right ret: it must be a whole number$/],
  'both-answers': ['E_ADAPTER_RESULT', /a field "ret".*it has errno$/],
  'no-events': ['E_ADAPTER_EVENTS', /write has no events$/],
  'bad-event': ['E_ADAPTER_EVENTS', /^event 1 of .* no right level/],
  'no-event': ['E_ADAPTER_EVENTS', /ev is "rumour", not uevent or/],
  'closed-stdout': ['E_ADAPTER_EOF', /closed its output$/],
};

describe('exec:', () => {
  afterEach(() => opened.close());

  for (const [way, [code, sentence]] of Object.entries(FAULTS)) {
    it(`tells ${way} apart, and goes on with a new process`, async () => {
      const adapter = await start(command(way));
      const fault = await faultAt(adapter);
      expect([fault.code, fault.message]).to.satisfy(
        ([found, message]: string[]) => found === code && sentence.test(message!),
        `${fault.code} ${fault.message}`,
      );
      expect((await adapter.call(RESET)).answer).to.deep.equal({ ret: 0 });
    });
  }

  it('answers with what the program answers', async () => {
    const adapter = await start(command('well'));
    expect(adapter.hello).to.include({ name: 'misbehave', profile: 'linux-6.12' });
    expect(await adapter.call(WRITE)).to.deep.equal({ answer: { ret: 36 }, events: [] });
  });

  it('gives the end of stderr with a fault', async () => {
    expect((await faultAt(await start(command('crash')))).stderr).to.equal('the last words\n');
  });

  for (const way of ['sleep', 'sleep-deaf']) {
    it(`ends one that does not answer (${way})`, async () => {
      const adapter = await start(command(way), { timeoutMs: 2000 });
      const fault = await faultAt(adapter);
      expect(fault.code).to.equal('E_ADAPTER_TIMEOUT');
      expect(fault.message).to.equal('it did not answer within 2 s');
      expect((await adapter.call(RESET)).answer).to.deep.equal({ ret: 0 });
    });
  }

  for (const [way, code] of [
    ['twice', /^E_ADAPTER_(UNASKED|ID)$/],
    ['closed-stdin', /^E_ADAPTER_STDIN$/],
  ] as const) {
    it(`notices at the next call: ${way}`, async () => {
      const adapter = await start(command(way));
      await adapter.call(WRITE);
      expect((await faultAt(adapter, RESET)).code).to.match(code);
    });
  }

  it('says what a shell says of a command that there isn’t', async () => {
    const fault = await start('no-such-device-model --fast').catch((error: unknown) => error);
    expect(fault).to.be.instanceOf(AdapterFault);
    expect(fault).to.include({ code: 'E_ADAPTER_EXIT' });
    expect((fault as AdapterFault).stderr).to.contain('no-such-device-model');
  });

  for (const isolate of [false, true]) {
    it(`has one process for ${isolate ? 'each case' : 'all cases'}`, async () => {
      const adapter = await start(command('pid'), { isolate });
      const pids = new Set<string>();
      for (const id of ['a.one', 'a.two', 'a.three']) {
        adapter.begin?.({ id, title: '' });
        for (const call of [RESET, WRITE, WRITE]) {
          const { events } = await adapter.call(call);
          for (const event of events) if (event.ev === 'log') pids.add(event.message);
        }
      }
      expect(pids.size).to.equal(isolate ? 3 : 1);
    });
  }

  it('ends the whole group, children of children included', async () => {
    const adapter = await start(`sleep 1000 & echo $! >&2; ${command('crash')}`);
    const { stderr } = await faultAt(adapter);
    const pid = Number.parseInt(stderr!, 10);
    await opened.close();
    await ended(pid);
  });
});
