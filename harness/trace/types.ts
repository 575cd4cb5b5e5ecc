/** What a run of a case leaves behind: each call, what it came to, and the events it caused. */
import type { Answer, Call, TraceEvent } from '../adapter/protocol.js';

/** One call with its answer and the events reported with that answer, in order. */
export interface StepRecord {
  call: Call;
  answer: Answer;
  events: TraceEvent[];
}

/** The steps of one case, in the order in which they were made. */
export type Trace = StepRecord[];
