/** Options that several commands share, each declared once. */
import { Option, type Command } from 'commander';
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

export const suitesOption = (): Option =>
  new Option('--suites <dir>', 'folder of the suites').default(DEFAULT_SUITES);
export const goldenOption = (): Option =>
  new Option('--golden <dir>', 'folder of the golden traces').default(DEFAULT_GOLDEN);
export const areaOption = (): Option => list('--area <area>', 'only cases of this area');
export const profileOption = (): Option =>
  list('--profile <profile>', 'only this profile; also a range: linux-6.1..');
export const jsonOption = (): Option => new Option('--json', 'one JSON object').default(false);

export const PATTERNS = 'ids, globs of ids, suites (area/topic) or areas; none: all';

/** Text at the end of --help. */
export function examples(command: Command, lines: readonly string[]): void {
  const shown = lines.map((line) => `  $ mdevct ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${shown}`);
}
