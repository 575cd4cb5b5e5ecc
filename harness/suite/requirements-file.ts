/** requirements.yaml: text → rows. */
import type { Requirement } from './compiled.js';
import { profilesOf } from './context.js';
import type { SuiteError } from './errors.js';
import { openFile, type OpenFile } from './file.js';
import type { World } from './formats.js';
import { Requirements, type RawRequirements } from './schema/requirements.js';
import type { SourceFile } from './source.js';

function compileRow(
  { source, profiles, ...rest }: RawRequirements[number],
  index: number,
  { context }: OpenFile,
): Requirement {
  const among = profilesOf(profiles, context.world.profiles, [index, 'profiles'], context);
  return {
    ...rest,
    reference: source,
    source: context.position([index]),
    ...(profiles && { profiles: among }),
  };
}

/**
 * Parses, validates and compiles requirements.yaml.
 * @param source perhaps with some rows blanked
 * @returns the rows without mistakes, and all errors of the file
 */
export async function loadRequirementsFile(
  source: SourceFile,
  world: World,
): Promise<{ requirements: Requirement[]; errors: SuiteError[] }> {
  const file = await openFile(source, Requirements, world);
  if (!('source' in file)) return { requirements: [], errors: file.errors };
  const rows = Array.isArray(file.value) ? (file.value as RawRequirements) : [];
  const requirements = rows.flatMap((row, index) =>
    file.sound([index]) ? [compileRow(row, index, file)] : [],
  );
  return { requirements, errors: file.errors() };
}
