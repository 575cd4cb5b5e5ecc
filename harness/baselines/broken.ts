/** The reference, broken in one way each. */
import type { Adapter, AdapterFactory } from '../adapter/adapter.js';
import type { Call, Reply, TraceEvent } from '../adapter/protocol.js';

/** Changes what an implementation says; a new one is made for each machine. */
type Distortion = () => (call: Call, reply: Reply) => Reply;

/** Events come with the next answer. */
const late: Distortion = () => {
  let held: TraceEvent[] = [];
  return ({ method }, { answer, events }) => {
    const before = method === 'reset' ? [] : held;
    held = events;
    return { answer, events: before };
  };
};

/** The right events in the wrong order: the last one first. */
const shuffle: Distortion =
  () =>
  (_call, { answer, events }) => ({
    answer,
    events: [...events.slice(-1), ...events.slice(0, -1)],
  });

const CREATE = /\/create$/;

/** A uuid that was used once is never free again. */
const forgetful: Distortion = () => {
  const used = new Set<string>();
  return (call, reply) => {
    if (call.method === 'reset') used.clear();
    if (call.method !== 'write' || !CREATE.test(call.params.path)) return reply;
    const uuid = call.params.data.slice(0, 36).toLowerCase();
    if (used.has(uuid)) return { answer: { errno: 'EEXIST' }, events: [] };
    if (reply.answer.ret !== undefined) used.add(uuid);
    return reply;
  };
};

const DISTORTIONS = { late, shuffle, forgetful };

/** An implementation whose every reply is distorted. */
export function broken(name: keyof typeof DISTORTIONS, factory: AdapterFactory): AdapterFactory {
  return async (profile) => {
    const adapter: Adapter = await factory(profile);
    const distort = DISTORTIONS[name]();
    return {
      hello: { ...adapter.hello, name },
      call: async (call) => distort(call, await adapter.call(call)),
      close: () => adapter.close(),
    };
  };
}
