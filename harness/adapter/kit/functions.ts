/** What somebody offers who has functions, and no files to write to. */
import type { Call, Capability, EventKind, Hello, TraceEvent } from '../protocol.js';

type MaybePromise<T> = T | Promise<T>;

/** An event without its task, which is `main` unless it is said. */
export type Emitted = { [K in EventKind]: Partial<Of<K>> & Omit<Of<K>, 'task'> }[EventKind];
type Of<K extends EventKind> = Extract<TraceEvent, { ev: K }>;

/** A refusal: what a function throws instead of it is a fault. */
export class KernelError extends Error {
  override readonly name = 'KernelError';

  /** @param code the name of the error, such as `EEXIST` */
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * The functions of an implementation. Those that refuse throw a {@link KernelError}, or any error whose
 * `code` is the name of one, as those of Node. What is left out isn't offered.
 */
export interface MdevFunctions {
  /** Makes a device of a type; the uuid is well-formed and in lower case. */
  create(parent: string, type: string, uuid: string): MaybePromise<void>;
  /** Removes a device that {@link create} made. */
  remove(uuid: string): MaybePromise<void>;
  /** Makes everything as it was at the start. */
  reset(): MaybePromise<void>;
  /** The parents there are now. */
  parents?(): MaybePromise<readonly string[]>;
  /** The types of a parent, as directories of sysfs name them: `mtty-2`. */
  types?(parent: string): MaybePromise<readonly string[]>;
  /** Reads an attribute of a type: `available_instances`, `device_api`, `name`, `description`. */
  attribute?(parent: string, type: string, name: string): MaybePromise<string>;
  /** Loads a module, with parameters as on insmod's command line. */
  insmod?(module: string, params: string): MaybePromise<void>;
  /** Unloads a module. */
  rmmod?(module: string): MaybePromise<void>;
  /** Answers whatever the others don't: an answer as in the protocol, or undefined. */
  other?(call: Call): MaybePromise<Record<string, unknown> | undefined>;
}

/** How the implementation introduces itself; what is left out is as little as can be. */
export interface About extends Pick<Hello, 'name' | 'version'> {
  /** those that it plays, its own first */
  profiles: readonly [string, ...string[]];
  /** beside `sysfs`, and `modules` if it has insmod and rmmod */
  capabilities?: readonly Capability[];
  observes?: readonly EventKind[];
  order?: Hello['order'];
  clock?: Hello['clock'];
}

/** Reports an event, which belongs to the call that is being made. */
export type Emit = (event: Emitted) => void;

/** Makes the functions for a profile. */
export type MakeFunctions = (emit: Emit, profile: string) => MdevFunctions;
