/** One suite file → its compiled cases. */
import { compileCase } from './compile.js';
import type { CompiledCase } from './compiled.js';
import { fail } from './context.js';
import type { SuiteError } from './errors.js';
import { openFile, type OpenFile } from './file.js';
import type { World } from './formats.js';
import { areaOf, type Candidate } from './read.js';
import { Suite, type RawSuite } from './schema/suite.js';
import type { SourceFile } from './source.js';
import { didYouMean } from './suggest.js';
import { AREAS } from './words.js';

const FORMAT_VERSION = 1;

const nameOf = ({ path }: Candidate): string => path.replace(/\.yaml$/, '');

function checkHead(file: OpenFile, candidate: Candidate): void {
  const { suite, schema } = file.value as RawSuite;
  const [name, area] = [nameOf(candidate), areaOf(candidate)];
  if (!(AREAS as readonly string[]).includes(area)) {
    const hint = didYouMean(area, AREAS);
    fail(file.context, 'E_SUITE_AREA', ['suite'], `${area} is no area`, { hint });
  }
  if (typeof suite === 'string' && file.sound(['suite']) && suite !== name) {
    const hint = `write suite: ${name}`;
    fail(file.context, 'E_SUITE_NAME', ['suite'], `this is the file of ${name}`, { hint });
  }
  if (Number.isInteger(schema) && schema !== FORMAT_VERSION) {
    const message = `version ${schema} of the format is not known`;
    const hint = `write schema: ${FORMAT_VERSION}`;
    fail(file.context, 'E_SUITE_VALUE', ['schema'], message, { hint });
  }
}

function casesOf(file: OpenFile, candidate: Candidate): CompiledCase[] {
  const { cases } = file.value as { cases?: unknown };
  if (!Array.isArray(cases)) return [];
  const suite = nameOf(candidate);
  return (cases as RawSuite['cases']).flatMap((raw, index) => {
    const path = ['cases', index];
    if (!file.sound(path)) return [];
    const compiled = compileCase(raw, suite, path, file.context);
    return file.sound(path) ? [compiled] : [];
  });
}

/**
 * Parses, validates and compiles one suite file.
 * @param source perhaps with some cases blanked
 * @param requirements the ids there are; absent when they could not be loaded
 * @returns the cases without mistakes, and all errors of the file
 */
export async function loadSuiteFile(
  candidate: Candidate,
  source: SourceFile,
  world: World,
  requirements: readonly string[] | undefined,
): Promise<{ cases: CompiledCase[]; errors: SuiteError[] }> {
  const file = await openFile(source, Suite, world);
  if (!('source' in file)) return { cases: [], errors: file.errors };
  if (requirements) file.context.requirements = requirements;
  const isMap = typeof file.value === 'object' && !Array.isArray(file.value);
  if (isMap) checkHead(file, candidate);
  const cases = isMap ? casesOf(file, candidate) : [];
  return { cases, errors: file.errors() };
}
