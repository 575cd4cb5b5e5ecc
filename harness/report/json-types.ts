/** The JSON report: what scripts may rely on. A field is only ever added. */
import type { KnownFailure, KnownProblem } from '../known/types.js';
import type { Counts } from '../run/summary.js';
import type { CallLine, Failure, Fault, VerdictKind } from '../run/types.js';
import type { Position } from '../suite/compiled.js';

export interface JsonReport {
  /** version of this format */
  format: 1;
  /** the implementation, as `--adapter` names it */
  adapter: string;
  summary: {
    cases: number;
    runs: number;
    counts: Counts;
    /** whether the exit status is 0 */
    ok: boolean;
    /** wall clock, loading included */
    ms: number;
  };
  /** counts per area and profile */
  areas: { area: string; profile: string; counts: Counts }[];
  /** entries of the file of known failures that don't hold; absent without such a file */
  known?: JsonKnownProblem[];
  /** in the order of the suites, then of the profiles */
  results: JsonResult[];
}

export interface JsonResult {
  case: string;
  title: string;
  suite: string;
  area: string;
  profile: string;
  verdict: VerdictKind;
  source: Position;
  requirements: { id: string; level?: string; text?: string }[];
  /** `fail` and `error`: why, and the calls that were made */
  failures?: readonly JsonFailure[];
  calls?: readonly CallLine[];
  /** `error` */
  fault?: Fault;
  /** `not-applicable`: the capabilities that are lacking */
  lacks?: readonly string[];
  /** `not-applicable` for another reason than that */
  reason?: string;
  /** `known-failure`: what its entry says */
  known?: Pick<KnownFailure, 'reason' | 'link' | 'reviewBy' | 'signature'>;
}

export interface JsonKnownProblem extends Pick<KnownProblem, 'code' | 'profiles' | 'message'> {
  case: string;
  source: Position;
}

/** A failure; of a golden one also the explanation, as text. */
export type JsonFailure = Failure & { explanation?: string };
