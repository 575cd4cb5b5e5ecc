import type { CompiledCase } from '../suite/compiled.js';
import type { Call, Hello, Reply } from './protocol.js';

/**
 * An implementation under test, whatever it is made of: it answers user-ABI calls and reports the
 * events they caused. A call that the kernel would refuse is an answer with an errno; an exception
 * is a fault of the adapter ({@link AdapterFault}).
 */
export interface Adapter {
  readonly hello: Hello;
  /** Trace points that it can't have, since its compiler inlined these functions. */
  readonly inlined?: readonly string[];
  /** Why a case can't be run on it, whatever it is capable of: the end of "not applicable: …". */
  lacks?(caseId: string): string | undefined;
  /** Told before the first call of a case, where it matters which one it is. */
  begin?(compiled: Pick<CompiledCase, 'id' | 'title'>): void;
  /**
   * Told behind the last call of a case: gives back what user space holds and unloads everything. The
   * next call is a reset.
   * @returns what is left of the machine then, sorted, in a few words each; absent: nobody looks
   */
  finish?(): readonly string[] | Promise<readonly string[]>;
  /** Whether calls may be made before those before them are answered: in this order they are carried out. */
  readonly ahead?: boolean;
  /** Makes one call. Synchronous where the implementation is. */
  call(call: Call): Reply | Promise<Reply>;
  /** Ends the implementation and frees what the adapter holds. */
  close(): void | Promise<void>;
}

/** Makes an adapter for one profile; an unknown profile is a {@link HarnessError} `E_PROFILE`. */
export type AdapterFactory = (profile: string) => Adapter | Promise<Adapter>;
