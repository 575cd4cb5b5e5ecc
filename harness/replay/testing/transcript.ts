import type { TraceEvent } from '../../adapter/protocol.js';
import type { Header } from '../schema.js';
import type { RecordedCall, Transcript } from '../transcript.js';

export const uevent = (action: string, devpath = '/d'): TraceEvent => ({
  ev: 'uevent',
  task: 'main',
  action,
  devpath,
  env: {},
});
export const log = (message: string): TraceEvent => ({
  ev: 'log',
  task: 'main',
  level: 6,
  message,
});
export const sysfs = (path: string): TraceEvent => ({
  ev: 'sysfs',
  task: 'main',
  change: '+',
  path,
});

/** One call of a transcript: it writes to `/<step>`. */
export function recorded(step: string, ret: number, events: TraceEvent[] = []): RecordedCall {
  const call = { method: 'write', params: { path: `/${step}`, data: 'x' } } as const;
  return { call, answer: { ret }, events, step, line: 7 };
}

/** A transcript with these calls. */
export function transcript(calls: RecordedCall[], header: Partial<Header> = {}): Transcript {
  return {
    file: 'fake.ndjson',
    header: {
      transcript: 1,
      scenario: 'fake',
      title: 'A fake.',
      kernel: '0',
      profile: 'linux-6.1',
      points: [],
      modules: ['mdev', 'vfio'],
      ...header,
    },
    calls,
  };
}
