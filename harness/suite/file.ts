/** One file's text → its validated value, with errors at their places. */
import type { Context } from './context.js';
import type { SuiteError } from './errors.js';
import type { World } from './formats.js';
import type { SourceFile } from './source.js';
import { validate, type Mistake, type Path } from './validate.js';

/** A file that is YAML of some kind; parts of it may still be wrong. */
export interface OpenFile {
  source: SourceFile;
  value: unknown;
  context: Context;
  /** What is wrong with the value, and what compiling has added to that. */
  errors(): SuiteError[];
  /** Whether the part at a path is free of mistakes so far. */
  sound(path: Path): boolean;
}

/** So many mistakes, and it is no suite: looking for its sound parts would take too long. */
const HOPELESS = 1000;

const within = (path: Path, outer: Path): boolean => outer.every((key, i) => path[i] === key);

/** Parses and validates a file. `yaml` is loaded when the first file needs it: it takes 25 ms. */
export async function openFile(
  source: SourceFile,
  schema: object,
  world: World,
): Promise<OpenFile | { errors: SuiteError[] }> {
  const { parse } = await import('./parse.js');
  const parsed = parse(source.text);
  if ('mistakes' in parsed) return { errors: source.errors(parsed.mistakes, (mistake) => mistake) };
  const mistakes: Mistake[] = validate(parsed.value, schema, world);
  return {
    source,
    value: parsed.value,
    context: {
      world,
      mistakes,
      position: (path, atKey) => source.position(parsed.locate(path, atKey).offset),
    },
    errors: () =>
      source.errors(mistakes, ({ path, atKey, ...rest }) => ({
        ...rest,
        ...parsed.locate(path, atKey),
      })),
    sound: (path) =>
      mistakes.length < HOPELESS && !mistakes.some((mistake) => within(mistake.path, path)),
  };
}
