/** What a suite file becomes: cases whose steps are calls of protocol 1, ready to be made and judged. */
import type { Capability, Method, Params, TraceEvent } from '../adapter/protocol.js';
import type { ProfileName } from './profiles.js';

/** A place in a suite file, from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Stands for a descriptor that an earlier call of the case opened and named with `as`. */
export interface FdRef {
  ref: string;
}

/** `T`, where each number may also be a descriptor that is known only at run time. */
export type Template<T> = T extends number
  ? T | FdRef
  : T extends object
    ? { [K in keyof T]: Template<T[K]> }
    : T;

/** One call with {@link FdRef}s in place of descriptors; see `resolveCall`. */
export type CallTemplate = { [M in Method]: { method: M; params: Template<Params<M>> } }[Method];

/** What must come back from one call. */
export type Expectation =
  | { kind: 'success' }
  | { kind: 'errno'; errno: string }
  | { kind: 'ret'; ret: number }
  /** `trim`: white space around the answer's data doesn't count, as the files of sysfs end in `\n` */
  | { kind: 'data'; data: string; trim: boolean }
  | { kind: 'matches'; pattern: string }
  | { kind: 'hex'; hex: string }
  | { kind: 'arg'; arg: number | string }
  | { kind: 'arg-hex'; hex: string }
  /** exactly these, in any order */
  | { kind: 'names'; names: readonly string[] }
  | { kind: 'includes'; names: readonly string[] }
  | { kind: 'excludes'; names: readonly string[] }
  /** of each of these Kconfig symbols */
  | { kind: 'values'; values: Readonly<Record<string, SymbolValue>> }
  | { kind: 'state'; state: TaskState }
  | { kind: 'result'; result: Expectation }
  /** there is something at that path, whatever it is */
  | { kind: 'exists' }
  | { kind: 'all'; of: readonly Expectation[] }
  | { kind: 'by-profile'; rows: readonly ProfileRow[] };

/** What is expected in some profiles; rows of one expectation never share a profile. */
export interface ProfileRow {
  profiles: readonly ProfileName[];
  expect: Expectation;
}

/** A Kconfig symbol: its value, or that nobody declares it. */
export type SymbolValue = 'y' | 'm' | 'n' | 'none';

export type TaskState = 'running' | 'blocked' | 'done';

export interface CompiledCall {
  template: CallTemplate;
  /** the name that the returned descriptor gets for the rest of the case */
  bind?: string;
  expect: Expectation;
}

export interface CompiledStep {
  /** from 0, as in the file */
  index: number;
  /** the step in one line, for people: `create mtty/mtty-2 A` */
  text: string;
  label?: string;
  source: Position;
  /** at least one; all but the last are expected to succeed */
  calls: readonly CompiledCall[];
  /** made in these profiles; absent: in all of the case's */
  only?: readonly ProfileName[];
}

/** One kind of event that an intent speaks of. Absent fields match anything. */
export type EventPattern =
  | {
      kind: 'uevent';
      action: string;
      of?: string;
      below?: string;
      env?: Readonly<Record<string, string>>;
      task?: string;
    }
  | { kind: 'log'; text: string; level?: number; task?: string }
  | {
      kind: 'call';
      fn: string;
      args?: Readonly<Record<string, string | number>>;
      ret?: number;
      task?: string;
    }
  | {
      kind: 'callback';
      driver: string;
      op: string;
      args?: Readonly<Record<string, string | number>>;
      ret?: number;
      task?: string;
    }
  | { kind: 'sysfs'; change: '+' | '-'; path: string; task?: string };

/** What a rule asks of the events in its scope. */
export type IntentClaim =
  | { kind: 'never'; pattern: EventPattern }
  | { kind: 'always'; pattern: EventPattern }
  | { kind: 'count'; pattern: EventPattern; is: number }
  | { kind: 'before'; patterns: readonly [EventPattern, EventPattern] };

/** A rule written by a person, which no golden can overrule. */
export interface IntentRule {
  claim: IntentClaim;
  /** only events of the step with this index */
  in?: number;
  /** only events of later steps than this index */
  after?: number;
  /** holds in these profiles; absent: in all of the case's */
  only?: readonly ProfileName[];
  source: Position;
}

/** An event and the index of the step that caused it. */
export interface StepEvent {
  step: number;
  event: TraceEvent;
}

/** A module that a case finds loaded; in some eras only, where they have it. */
export interface LoadedModule extends Params<'insmod'> {
  only?: readonly ProfileName[];
}

/** What is left of a machine when a case is over. */
export interface Leak {
  what: string;
  /** in these profiles; absent: in all of the case's */
  only?: readonly ProfileName[];
}

export interface CompiledCase {
  id: string;
  /** `area/topic` */
  suite: string;
  title: string;
  area: string;
  because: readonly string[];
  needs: readonly Capability[];
  /** loaded before the first step, in order, and not part of the trace */
  loaded: readonly LoadedModule[];
  /** in the order of the table of profiles */
  profiles: readonly ProfileName[];
  steps: readonly CompiledStep[];
  intent: readonly IntentRule[];
  /** the letters that the case uses, with their uuids: what a canonicaliser of traces needs */
  uuids: Readonly<Record<string, string>>;
  source: Position;
  /** what is left since the era loses it, or the case leaves it held; absent: nothing may be left */
  leaks?: readonly Leak[];
  /** why the case may pass against an implementation that does nothing */
  trivial?: string;
}

/** One row of requirements.yaml. */
export interface Requirement {
  id: string;
  text: string;
  level: 'MUST' | 'SHOULD' | 'MAY';
  /** where it is written: seed and message, or kernel file, function and version */
  reference: string;
  /** absent: all */
  profiles?: readonly ProfileName[];
  source: Position;
}
