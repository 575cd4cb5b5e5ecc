/** Cases and implementations for tests, made of as little as possible. */
import type { Adapter } from '../../adapter/adapter.js';
import type { Answer, Call, Hello, TraceEvent } from '../../adapter/protocol.js';
import { EVENT_KINDS } from '../../adapter/words.js';
import { withReview } from '../../golden/review.js';
import type { GoldenDocument } from '../../golden/types.js';
import type {
  CallTemplate,
  CompiledCase,
  CompiledStep,
  Expectation,
  Position,
} from '../../suite/compiled.js';
import type { Goldens } from '../golden.js';

export const A = '01abcdef-0000-4000-8000-000000000001';

const at = (line: number): Position => ({ file: 'suites/area/topic.yaml', line, column: 9 });

export interface StepParts {
  call: CallTemplate;
  expect?: Expectation;
  bind?: string;
  only?: readonly string[];
}

function stepOf({ call, expect, bind, only }: StepParts, index: number): CompiledStep {
  return {
    index,
    text: `step ${call.method}`,
    source: at(10 + index),
    calls: [{ template: call, expect: expect ?? { kind: 'success' }, ...(bind && { bind }) }],
    ...(only && { only }),
  };
}

/** A case of these steps. */
export function caseOf(
  steps: readonly StepParts[],
  more: Partial<CompiledCase> = {},
): CompiledCase {
  return {
    id: 'create-remove.case',
    suite: 'create-remove/topic',
    title: 'A case',
    area: 'create-remove',
    because: ['MDEV-TEST-01'],
    needs: [],
    loaded: [],
    profiles: ['old', 'new'],
    steps: steps.map(stepOf),
    intent: [],
    uuids: { A },
    source: at(4),
    ...more,
  };
}

/** An adapter that answers as it is told, and remembers what it was asked. */
export class FakeAdapter implements Adapter {
  readonly calls: Call[] = [];
  closed = 0;
  readonly hello: Hello;

  constructor(
    private readonly answer: (call: Call) => Answer & { events?: TraceEvent[] },
    hello: Partial<Hello> = {},
  ) {
    this.hello = {
      protocol: 1,
      name: 'fake',
      version: '1',
      profile: 'old',
      capabilities: ['modules'],
      observes: [...EVENT_KINDS],
      order: 'total',
      clock: 'virtual',
      ...hello,
    };
  }

  call(call: Call) {
    this.calls.push(call);
    if (call.method === 'reset') return { answer: { ret: 0 }, events: [] };
    const { events = [], ...answer } = this.answer(call);
    return { answer, events };
  }

  close(): void {
    this.closed++;
  }
}

export const write: CallTemplate = { method: 'write', params: { path: '/sys/x', data: A } };
export const log = (message: string): TraceEvent => ({
  ev: 'log',
  task: 'main',
  level: 6,
  message,
});

/** A store that holds one golden for every case, reviewed. */
export function goldensOf(texts: Readonly<Record<string, string>>): Goldens & { loads: number } {
  const behaviours = Object.entries(texts).map(([profile, text]) => ({
    profiles: [profile],
    text,
  }));
  const review = { reason: 'test', date: '2026-11-20' };
  return {
    loads: 0,
    load(caseId): GoldenDocument {
      this.loads++;
      return withReview({ caseId, behaviours, reviews: [] }, undefined, review);
    },
  };
}
