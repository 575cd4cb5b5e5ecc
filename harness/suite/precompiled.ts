/**
 * Files of suites as the build compiled them: parsing all takes thirty times as long as reading these.
 * What was compiled from another text, or for another world, is as good as absent.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledCase, Position, Requirement } from './compiled.js';
import type { World } from './formats.js';
import type { SourceFile } from './source.js';

export type Row = CompiledCase | Requirement;

/** The content of one precompiled file: what the rows depend on, and the rows. */
interface Precompiled {
  world: string;
  /** all of the text, not its hash: comparing is exact, and needs no `node:crypto` */
  text: string;
  /** the paths in their positions are those of the build */
  rows: Row[];
}

/** Where the precompiled form of a file is. @param path relative to the suites, as of the YAML file */
export const precompiledName = (folder: string, path: string): string =>
  join(folder, path.replace(/\.yaml$/, '.json'));

const worldKey = (world: World): string => JSON.stringify(Object.entries(world).sort());

/** The precompiled form of a file without mistakes. */
export function serialise(text: string, world: World, rows: Row[]): string {
  const content: Precompiled = { world: worldKey(world), text, rows };
  return JSON.stringify(content);
}

const positions = (row: Row): Position[] =>
  'steps' in row ? [row, ...row.steps, ...row.intent].map(({ source }) => source) : [row.source];

/** A file that is not there or was written by half is no mistake of the user's: the text is parsed. */
function read(file: string): Partial<Precompiled> | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Precompiled> | null;
  } catch {
    return null;
  }
}

/**
 * What parsing and compiling a file would give, if the build has done so.
 * @param folder what the build has written
 * @param path of the YAML file, relative to the suites
 * @param source its whole text; positions get its name
 * @returns nothing if the file must be parsed
 */
export function readPrecompiled<R extends Row>(
  folder: string,
  path: string,
  source: SourceFile,
  world: World,
): R[] | undefined {
  const found = read(precompiledName(folder, path));
  if (found?.text !== source.text || found.world !== worldKey(world)) return undefined;
  const rows = found.rows as R[];
  for (const position of rows.flatMap(positions)) position.file = source.name;
  return rows;
}
