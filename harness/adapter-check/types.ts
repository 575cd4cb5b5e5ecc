/** What a test kit for adapters is made of. */
import type { Capability, Call, Hello, Reply } from '../adapter/protocol.js';

/** Something that is not as it should be. */
export interface Finding {
  sent: string;
  came: string;
  /** what should have come */
  wanted: string;
}

/** The implementation as a check reaches it. */
export interface Bench {
  hello: Hello;
  /** Makes a call; a fault of the adapter is thrown. */
  call(call: Call): Promise<Reply>;
  /** Sends a line as it is. Absent where there is no wire. */
  raw?(line: string): Promise<string>;
}

export interface Check {
  id: string;
  /** what is so where it is passed */
  title: string;
  /** SHOULD: a finding is told, and is no failure */
  level: 'MUST' | 'SHOULD';
  needs?: Capability;
  /** it can only be tried on a wire */
  wire?: true;
  /** @returns what is wrong, or nothing */
  run(bench: Bench): Promise<Finding | undefined>;
}

/** What became of a check. */
export type Result = Pick<Check, 'id' | 'title' | 'level'> &
  (
    | { kind: 'pass' }
    | { kind: 'finding'; finding: Finding }
    /** what it is about is not there */
    | { kind: 'not-applicable'; reason: string }
  );
