/** What changed between two profiles, as data. */
import type { Fault } from '../run/types.js';
import type { CompiledCase } from '../suite/compiled.js';
import type { ProfileName } from '../suite/profiles.js';
import type { DifferenceKind } from '../trace/compare.js';
import type { Change } from './changes.js';
import type { ChangeKind } from './kind.js';
import type { StepRow } from './rows.js';

/** How the two traces of one case differ. */
export interface Compared {
  case: CompiledCase;
  /** absent: they are equal */
  kind?: DifferenceKind;
  rows: readonly StepRow[];
  changes: readonly Change[];
}

/** The same change in one case or in several. */
export interface Group {
  kind: ChangeKind;
  /** the case that shows it with the least around it */
  example: Compared;
  /** the change as it is there */
  change: Change;
  /** in the order of the suites */
  cases: readonly CompiledCase[];
}

/** A case that could not be run to its end. */
export interface Unusable {
  case: CompiledCase;
  profile: ProfileName;
  fault: Fault;
}

export interface Comparison {
  /** from, to */
  profiles: readonly [ProfileName, ProfileName];
  /** cases that were run in both */
  compared: readonly Compared[];
  /** the changes, in reading order (see READING_ORDER), of a kind those in most cases first */
  groups: readonly Group[];
  /** cases that hold for one of the two only, or need what the other lacks */
  only: readonly { profile: ProfileName; cases: readonly CompiledCase[] }[];
  unusable: readonly Unusable[];
}
