/** Implementations that are none: they answer by rote, and nothing ever happens in them. */
import type { Adapter, AdapterFactory } from '../adapter/adapter.js';
import type { Answer, Call, Hello } from '../adapter/protocol.js';
import { boast } from './hello.js';

/** Answers a call without knowing anything. */
type Rote = (call: Call, opened: number) => Answer;

const bytes = (text: string): number => Buffer.byteLength(text);

/** Yes to everything, in the form that the call asks for. */
function yes(call: Call, opened: number): Answer {
  switch (call.method) {
    case 'write':
    case 'fdwrite':
      return { ret: bytes(call.params.data) };
    case 'pwrite':
      return { ret: call.params.hex.length / 2 };
    case 'pread':
      return { ret: call.params.count, hex: '00'.repeat(call.params.count) };
    case 'read':
      return { ret: 2, data: '1\n' };
    case 'readlink':
      return { ret: 0, data: '..' };
    case 'list':
      return { ret: 0, names: [] };
    case 'tree':
      return { ret: 0, entries: [] };
    case 'open':
      return { ret: 10 + opened };
    case 'task':
      return { state: 'done', result: { ret: 0 } };
    default:
      return { ret: 0 };
  }
}

const ROTES: Readonly<Record<string, Rote>> = {
  null: () => ({ ret: 0 }),
  yes,
  no: (call) => (call.method === 'reset' ? { ret: 0 } : { errno: 'EINVAL' }),
};

class RoteAdapter implements Adapter {
  private opened = 0;

  constructor(
    readonly hello: Hello,
    private readonly rote: Rote,
  ) {}

  call(call: Call) {
    const answer = this.rote(call, this.opened);
    if (call.method === 'open') this.opened++;
    return { answer, events: [] };
  }

  close(): void {
    // There is nothing to free.
  }
}

/** `null` answers nothing useful, `yes` accepts everything, `no` refuses everything. */
export const ROTE_NAMES = Object.keys(ROTES);

/**
 * @param observes what it says that it can see; one that sees nothing is compared by its answers alone
 */
export function answering(
  name: string,
  vendors: readonly string[],
  more: Partial<Hello> = {},
): AdapterFactory {
  return (profile) => new RoteAdapter({ ...boast(name, profile, vendors), ...more }, ROTES[name]!);
}

/** Gives the answers of a recorded trace, whatever is asked, and no events. */
export function echo(answers: readonly Answer[], vendors: readonly string[]): AdapterFactory {
  return (profile) => {
    const left = [...answers];
    const rote: Rote = ({ method }) => (method === 'reset' ? { ret: 0 } : (left.shift() ?? {}));
    return new RoteAdapter(boast('echo', profile, vendors), rote);
  };
}
