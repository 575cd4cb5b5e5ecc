/** Options that several commands share, each declared once. */
import { Option, type Command } from 'commander';
import { HarnessError } from '../errors.js';
import { DEFAULT_GOLDEN, DEFAULT_SUITES } from './root.js';

/** Where the suites are and where the goldens. */
export interface Folders {
  suites: string;
  golden: string;
}

/** Which cases in which profiles. */
export interface Choice {
  area: string[];
  profile: string[];
}

/** `a,b` and repeated options add up. */
const collect = (value: string, before: string[]): string[] => [
  ...before,
  ...value.split(',').map((part) => part.trim()),
];

const list = (flags: string, description: string): Option =>
  new Option(flags, description).argParser<string[]>(collect).default([], 'all');

/** An empty name would be the root of the file system to some, the current folder to others. */
const folder = (flags: string, description: string, usual: string): Option =>
  new Option(flags, description).default(usual).argParser((name) => {
    if (name !== '') return name;
    throw new HarnessError('E_USAGE', `option '${flags}' needs the name of a folder`);
  });

export const suitesOption = (): Option =>
  folder('--suites <dir>', 'folder of the suites', DEFAULT_SUITES);
export const goldenOption = (): Option =>
  folder('--golden <dir>', 'folder of the golden traces', DEFAULT_GOLDEN);
export const areaOption = (): Option => list('--area <area>', 'only cases of this area');
export const profileOption = (): Option =>
  list('--profile <profile>', 'only this profile; also a range: linux-6.1..');
export const jsonOption = (): Option => new Option('--json', 'one JSON object').default(false);

export const knownFailuresOption = (): Option =>
  new Option('--known-failures <file>', 'failures that are known and accepted until a day');

export const PATTERNS = 'ids, globs of ids, suites (area/topic) or areas; none: all';

/** Text at the end of --help. */
export function examples(command: Command, lines: readonly string[]): void {
  const shown = lines.map((line) => `  $ mdevct ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${shown}`);
}
