/** A comparison of two profiles: what scripts may rely on. A field is only ever added. */
import type { ChangeKind } from '../../compare/kind.js';
import type { Fault } from '../../run/types.js';
import type { Position } from '../../suite/compiled.js';

export interface JsonComparison {
  /** version of this format */
  format: 1;
  from: string;
  to: string;
  /** numbers of cases; each compared case is in `equal` or in `byKind` */
  summary: {
    compared: number;
    equal: number;
    /** by the gravest thing that differs */
    byKind: Record<ChangeKind, number>;
    changes: number;
  };
  /** in reading order (see READING_ORDER), of a kind those in most cases first */
  changes: JsonChange[];
  /** every compared case whose traces differ, in the order of the suites */
  cases: JsonComparedCase[];
  /** ids of cases that hold for one of the two only */
  only: Record<string, string[]>;
  /** cases that could not be run to their end; the exit status is 2 if there are any */
  unusable: { case: string; profile: string; fault: Fault }[];
}

/** A change, shown by one of the cases that it is in. */
export interface JsonChange {
  kind: ChangeKind;
  headline: string;
  /** lines that moved: which way */
  moved?: 'earlier' | 'later';
  cases: string[];
  requirements: string[];
  example: {
    case: string;
    title: string;
    source: Position;
    /** the lines that changed, `-` of `from` and `+` of `to`, as in the trace */
    lines: string[];
    /** the same with what stands around them */
    difference: string;
  };
}

export interface JsonComparedCase {
  case: string;
  /** the gravest thing that differs */
  kind: ChangeKind;
  /** its changes, as indexes of `changes` */
  changes: number[];
  requirements: readonly string[];
}
