/** From what was done to a verdict: expectations, then the golden trace, then the rules of intent. */
import type { Capability, Hello } from '../adapter/protocol.js';
import type { CompiledCase, StepEvent } from '../suite/compiled.js';
import { evaluateIntent } from '../suite/intent.js';
import { describeAnswer } from '../suite/judge.js';
import type { Trace } from '../trace/types.js';
import type { GoldenText } from './golden.js';
import type { CallLine, Execution, Failure, MadeCall, Verdict } from './types.js';
import type { Lens } from './view.js';

/** What judging needs beside the case and what was done. */
export interface Bench {
  hello: Hello;
  lens: Lens;
  /** replaces the uuids of the case by their letters */
  canonical: (trace: Trace) => Trace;
  /** asked only if the case was run to its end */
  golden: () => GoldenText;
}

/** The capabilities that a case needs and an implementation doesn't offer. */
export function lacking(compiled: CompiledCase, { capabilities }: Hello): Capability[] {
  return compiled.needs.filter((need) => !capabilities.includes(need));
}

function expectations(compiled: CompiledCase, calls: readonly MadeCall[]): Failure[] {
  return calls.flatMap(({ step, mismatch }, call): Failure[] => {
    const { source } = compiled.steps[step]!;
    return mismatch ? [{ kind: 'expectation', source, call, step, ...mismatch }] : [];
  });
}

function compareGolden(actual: string, golden: GoldenText, lens: Lens): Failure[] {
  if (typeof golden !== 'string') return [golden];
  const expected = lens.golden(golden);
  return actual === expected ? [] : [{ kind: 'golden', expected, actual }];
}

function intents(
  compiled: CompiledCase,
  calls: readonly MadeCall[],
  trace: Trace,
  hello: Hello,
): Failure[] {
  if (compiled.intent.length === 0) return [];
  const events = trace.flatMap((record, index) =>
    record.events.map((event): StepEvent => ({ step: calls[index]!.step, event })),
  );
  return evaluateIntent(compiled.intent, events, hello).map(({ rule, message }): Failure => ({
    kind: 'intent',
    source: rule.source,
    message,
  }));
}

/** The calls as their author wrote them, for a report. */
export function callLines(compiled: CompiledCase, calls: readonly MadeCall[]): CallLine[] {
  return calls.map(({ step, record, mismatch }) => ({
    step,
    text: compiled.steps[step]!.text,
    answer: describeAnswer(record.answer),
    wrong: mismatch !== undefined,
  }));
}

/** The trace of an execution with letters for uuids. */
export function canonicalTrace({ calls }: Execution, canonical: (trace: Trace) => Trace): Trace {
  return canonical(calls.map(({ record }) => record));
}

/** The verdict on what was done. */
export function judge(compiled: CompiledCase, execution: Execution, bench: Bench): Verdict {
  const { calls, fault } = execution;
  const failed = expectations(compiled, calls);
  if (fault) {
    return { kind: 'error', fault, failures: failed, calls: callLines(compiled, calls) };
  }
  const trace = canonicalTrace(execution, bench.canonical);
  const failures = [
    ...failed,
    ...compareGolden(bench.lens.text(trace), bench.golden(), bench.lens),
    ...intents(compiled, calls, trace, bench.hello),
  ];
  if (failures.length === 0) return { kind: 'pass' };
  return { kind: 'fail', failures, calls: callLines(compiled, calls) };
}
