import { expect } from 'chai';
import { play } from './play.js';
import { fake, playback } from './testing/playback.js';
import { recorded, sysfs, transcript } from './testing/transcript.js';

const two = transcript([recorded('a', 1, [sysfs('/a')]), recorded('b', 2)]);

describe('play', () => {
  it('resets, loads the modules, makes the calls, and keeps what they came to', async () => {
    const adapter = playback(two);
    const { trace, fault } = await play(adapter, two);
    expect(fault).to.equal(undefined);
    expect(trace.map(({ answer, events }) => [answer.ret, events.length])).to.deep.equal([
      [1, 1],
      [2, 0],
    ]);
    expect(adapter.calls.slice(0, 3)).to.deep.equal([
      { method: 'reset', params: {} },
      { method: 'insmod', params: { module: 'mdev' } },
      { method: 'insmod', params: { module: 'vfio' } },
    ]);
    expect(adapter.calls.slice(3)).to.deep.equal(two.calls.map(({ call }) => call));
  });

  it('ends at a fault, which is part of what came', async () => {
    const adapter = fake((call) => {
      if (call.method === 'write' && call.params.path === '/b') throw new TypeError('no\nway');
      return { answer: { ret: 0 }, events: [] };
    });
    const { trace, fault } = await play(adapter, two);
    expect(trace).to.have.length(1);
    expect(fault).to.equal('TypeError: no way');
  });

  it('refuses to go on if a module of the header does not load', async () => {
    const refusing = fake(({ method }) => ({
      answer: method === 'insmod' ? { errno: 'ENOENT' } : { ret: 0 },
      events: [],
    }));
    const breaking = fake(() => {
      throw new Error('broken');
    });
    const messages: Record<string, typeof refusing> = {
      'insmod mdev, before the first call: it came to = ENOENT': refusing,
      'reset, before the first call: Error: broken': breaking,
    };
    for (const [message, adapter] of Object.entries(messages)) {
      const error: unknown = await play(adapter, two).catch((e: unknown) => e);
      expect(error).to.include({ code: 'E_REPLAY_SETUP', message });
    }
  });
});
