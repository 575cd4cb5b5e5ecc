/** A directory of suites → compiled cases, requirements, and all that is wrong with them. */
import { join } from 'node:path';
import type { CompiledCase, Requirement } from './compiled.js';
import { casesOf, requirementsOf, type Origin, type RequirementRows } from './content.js';
import { bySource, type SuiteError } from './errors.js';
import type { World } from './formats.js';
import { REQUIREMENTS, listFiles } from './read.js';
import { duplicates, untested } from './requirements.js';
import { selector, type Select, type Selector } from './select.js';
import { neededBy, selectRows, selectSuite, type Selected } from './selected.js';
import type { SourceFile } from './source.js';

export interface LoadOptions extends World {
  /** absent: everything */
  select?: Select;
  /** a folder that precompile.ts has written, from these suites or others; absent: all is parsed */
  precompiled?: string;
}

/** What was found. With any error, no case should be run: the suite itself is in doubt. */
export interface Loaded {
  cases: CompiledCase[];
  requirements: Requirement[];
  errors: SuiteError[];
  /** patterns of the selection that fit no case */
  unmatched: string[];
}

/** What one run of the loader knows. */
interface Run {
  origin: Origin;
  chosen: Selector;
  /** for the lines that errors quote */
  sources: Map<string, SourceFile>;
}

type Opened = Selected | { errors: SuiteError[] };

const isSelected = (file: Opened): file is Selected => 'whole' in file;

async function loadRequirements(
  dir: string,
  suites: readonly Selected[],
  { origin, chosen, sources }: Run,
): Promise<RequirementRows> {
  const needed = neededBy(suites, chosen);
  const candidate = { name: join(dir, REQUIREMENTS), path: REQUIREMENTS };
  const file = selectRows(candidate, chosen, needed);
  if (!isSelected(file)) return { rows: [], errors: file.errors };
  sources.set(file.name, file.whole);
  const { rows: all, errors, ids } = await requirementsOf(file, origin);
  const rows = all.filter(({ id }) => needed(id));
  const twice = duplicates(rows, 'E_SUITE_DUPLICATE_REQUIREMENT');
  return { rows, errors: [...errors, ...twice], ...(ids && twice.length === 0 && { ids }) };
}

async function loadCases(
  files: readonly Opened[],
  ids: readonly string[] | undefined,
  { origin, chosen }: Run,
): Promise<{ cases: CompiledCase[]; errors: SuiteError[] }> {
  const cases: CompiledCase[] = [];
  const errors: SuiteError[] = [];
  for (const file of files) {
    const part = isSelected(file) ? await casesOf(file, origin, ids) : { cases: [], ...file };
    cases.push(...part.cases.filter(({ id }) => chosen.case(id)));
    errors.push(...part.errors);
  }
  return { cases, errors };
}

/** Where something failed to load, a requirement would only be blamed for that. */
function crossCheck(
  cases: readonly CompiledCase[],
  requirements: readonly Requirement[],
  complete: boolean,
): SuiteError[] {
  const twice = duplicates(cases, 'E_SUITE_DUPLICATE_CASE');
  return complete ? [...twice, ...untested(cases, requirements)] : twice;
}

/**
 * Loads the suites below a directory. A selection parses only what is selected, so it finds errors
 * only there, returns only the requirements named there, and can't tell which have no case.
 * @param dir with `requirements.yaml` and `<area>/<topic>.yaml`
 * @returns every error in one go, by place; the content of files never makes it throw
 */
export async function loadSuites(dir: string, options: LoadOptions): Promise<Loaded> {
  const { select, precompiled, ...world } = options;
  const chosen = selector(select);
  const { files, errors: listing } = listFiles(dir);
  if (files.length === 0 && listing.length > 0) {
    return { cases: [], requirements: [], errors: listing, unmatched: chosen.unmatched() };
  }
  const opened: Opened[] = files.flatMap((file) => selectSuite(file, chosen) ?? []);
  const suites = opened.filter(isSelected);
  const sources = new Map(suites.map(({ name, whole }) => [name, whole]));
  const run: Run = { origin: { world, precompiled }, chosen, sources };
  const { rows: requirements, ids, errors } = await loadRequirements(dir, suites, run);
  const loaded = await loadCases(opened, ids, run);
  const { cases } = loaded;
  const wrong = [...listing, ...errors, ...loaded.errors];
  wrong.push(...crossCheck(cases, requirements, chosen.everything && wrong.length === 0));
  for (const { id } of cases) chosen.found(id);
  const withText = (error: SuiteError): SuiteError =>
    error.text === undefined ? (sources.get(error.file)?.withText(error) ?? error) : error;
  return {
    cases,
    requirements,
    errors: wrong.map(withText).sort(bySource),
    unmatched: chosen.unmatched(),
  };
}
