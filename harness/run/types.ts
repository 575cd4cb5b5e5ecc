/** What a run of one case in one profile came to, as plain data: it crosses threads as it is. */
import type { Call, Capability } from '../adapter/protocol.js';
import type { KnownFailure } from '../known/types.js';
import type { StepRecord } from '../trace/types.js';
import type { Mismatch } from '../suite/judge.js';
import type { CompiledCase, Position } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';

/** A call that was made, for the step with that index. */
export interface MadeCall {
  step: number;
  record: StepRecord;
  mismatch?: Mismatch;
}

/** The implementation broke the protocol or died. */
export interface Fault {
  code: string;
  message: string;
  /** the call that it did not survive; absent: it did not even start */
  call?: Call;
  /** index of the step that made the call */
  step?: number;
  /** where the exception was thrown, for an implementation in this process */
  stack?: string;
  /** the end of what the implementation wrote to stderr, for one in another process */
  stderr?: string;
}

/** Everything that was done for a case. With a fault, the calls before it. */
export interface Execution {
  calls: readonly MadeCall[];
  fault?: Fault;
}

/** One reason why a case fails; a case can have several. */
export type Failure =
  /** a call came back with something else than the step says */
  | {
      kind: 'expectation';
      source: Position;
      /** index among the calls made, and of the step that made it */
      call: number;
      step: number;
      expected: string;
      actual: string;
    }
  /** the trace is not the golden one; both as text, projected onto what can be seen */
  | { kind: 'golden'; expected: string; actual: string }
  /** there is no golden to compare with: none, none of this profile, not reviewed, or broken */
  | { kind: 'no-golden'; code: string; message: string; remedy: string }
  /** a rule of the case is broken */
  | { kind: 'intent'; source: Position; message: string };

export type FailureKind = Failure['kind'];

/** One call for a reader: the step as its author wrote it, and what came back. */
export interface CallLine {
  /** index of the step */
  step: number;
  text: string;
  answer: string;
  /** whether something else was expected */
  wrong: boolean;
}

/** How a case did in one profile. */
export type Verdict =
  | { kind: 'pass' }
  | { kind: 'fail'; failures: readonly Failure[]; calls: readonly CallLine[] }
  | { kind: 'error'; fault: Fault; failures: readonly Failure[]; calls: readonly CallLine[] }
  /** it lacks a capability, or there is a reason of another kind */
  | { kind: 'not-applicable'; lacks: readonly Capability[]; reason?: string }
  /** it fails as somebody said it would */
  | {
      kind: 'known-failure';
      entry: KnownFailure;
      was: Extract<Verdict, { kind: 'fail' | 'error' }>;
    };

export type VerdictKind = Verdict['kind'];

/** The verdict of a case in a profile. */
export interface Outcome {
  case: CompiledCase;
  profile: ProfileName;
  verdict: Verdict;
}
