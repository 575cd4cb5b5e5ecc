import type { Adapter } from '../../adapter/adapter.js';
import type { Call, Hello, Reply } from '../../adapter/protocol.js';
import type { Transcript } from '../transcript.js';

const hello: Hello = {
  protocol: 1,
  name: 'playback',
  version: '1',
  profile: 'linux-6.1',
  capabilities: [],
  observes: [],
  order: 'total',
  clock: 'virtual',
};

/** An implementation that answers as `respond` does; `calls` keeps what it was asked. */
export function fake(respond: (call: Call) => Reply): Adapter & { calls: Call[]; closed: number } {
  return {
    hello,
    calls: [],
    closed: 0,
    call(call) {
      this.calls.push(call);
      return respond(call);
    },
    close() {
      this.closed++;
    },
  };
}

/** An implementation that does again what was recorded, as often as it is reset. */
export function playback({ header, calls }: Transcript): ReturnType<typeof fake> {
  const setUp = { answer: { ret: 0 }, events: [] };
  let next = 0;
  return fake((call) => {
    if (call.method === 'reset') next = -header.modules.length;
    else next++;
    return next <= 0 ? setUp : calls[next - 1]!;
  });
}
