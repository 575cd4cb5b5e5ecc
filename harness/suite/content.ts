/** What files hold: as the build compiled them, or else parsed now. The parser is loaded for the first that needs it. */
import type { CompiledCase, Requirement } from './compiled.js';
import { ROWS, idsIn } from './cut.js';
import type { SuiteError } from './errors.js';
import type { World } from './formats.js';
import { readPrecompiled, type Row } from './precompiled.js';
import type { Selected } from './selected.js';

/** Where content comes from. */
export interface Origin {
  world: World;
  /** the folder of what the build has compiled; absent: every file is parsed */
  precompiled: string | undefined;
}

function ready<R extends Row>({ path, whole }: Selected, origin: Origin): R[] | undefined {
  const { world, precompiled } = origin;
  return precompiled === undefined ? undefined : readPrecompiled(precompiled, path, whole, world);
}

/** The rows of requirements.yaml, perhaps with some that are not needed. */
export interface RequirementRows {
  rows: Requirement[];
  errors: SuiteError[];
  /** all ids there are, also of rows that were not parsed; absent if the file is in doubt */
  ids?: readonly string[];
}

export async function requirementsOf(file: Selected, origin: Origin): Promise<RequirementRows> {
  const made = ready<Requirement>(file, origin);
  if (made) return { rows: made, errors: [], ids: made.map(({ id }) => id) };
  const { loadRequirementsFile } = await import('./requirements-file.js');
  const { requirements: rows, errors } = await loadRequirementsFile(file.source, origin.world);
  const ids = [...idsIn(file.whole.text, ROWS), ...rows.map(({ id }) => id)];
  return { rows, errors, ...(errors.length === 0 && { ids }) };
}

/**
 * The cases of one file, perhaps with some that are not selected.
 * @param ids of the requirements there are; absent when they could not be loaded
 */
export async function casesOf(
  file: Selected,
  origin: Origin,
  ids: readonly string[] | undefined,
): Promise<{ cases: CompiledCase[]; errors: SuiteError[] }> {
  const made = ready<CompiledCase>(file, origin);
  const known = new Set(ids);
  // The requirements may have changed since: which line is wrong then, only the text can tell.
  if (made?.every(({ because }) => !ids || because.every((id) => known.has(id)))) {
    return { cases: made, errors: [] };
  }
  const { loadSuiteFile } = await import('./suite-file.js');
  return loadSuiteFile(file, file.source, origin.world, ids);
}
