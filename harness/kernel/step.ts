/** What is done to prepare a kernel, as data: what it comes to is up to who carries it out. */

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export type Step =
  /** a new, empty folder */
  | { do: 'folder'; path: string }
  | { do: 'copy'; from: string; to: string }
  | { do: 'write'; path: string; text: string }
  /** replaces bytes that are in a file once */
  | { do: 'replace'; path: string; from: string; to: string }
  /** runs commands, each of which reads what the one before it writes; `into`: the file for the last output */
  | { do: 'run'; commands: readonly Command[]; cwd?: string; into?: string }
  /** finds modules somewhere below a folder and puts them, uncompressed, into another */
  | { do: 'modules'; names: readonly string[]; below: string; into: string }
  /** the same for those that may be built in; `list` names those that aren't, as the guest finds them */
  | { do: 'loadable'; names: readonly string[]; below: string; into: string; list: string }
  /** the kernel without the boot code that uncompresses it, for which an emulator needs seconds */
  | { do: 'uncompress'; below: string; to: string }
  /** puts a finished folder in the place of the one before */
  | { do: 'replace-folder'; from: string; to: string };

/** Steps that belong together, and what they are for: what is told while they are carried out. */
export interface Stage {
  title: string;
  steps: readonly Step[];
}
