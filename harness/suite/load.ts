/** A directory of suites → compiled cases, requirements, and all that is wrong with them. */
import { join } from 'node:path';
import type { CompiledCase, Requirement } from './compiled.js';
import { CASES, ROWS, idsIn, keepItems } from './cut.js';
import { bySource, type SuiteError } from './errors.js';
import { openFile } from './file.js';
import type { World } from './formats.js';
import { REQUIREMENTS, listFiles, readSource, type Candidate } from './read.js';
import { compileRequirements, duplicates, untested } from './requirements.js';
import { Requirements, type RawRequirements } from './schema/requirements.js';
import { selector, type Select, type Selector } from './select.js';
import { SourceFile } from './source.js';
import { areaOf, loadSuiteFile } from './suite-file.js';

export interface LoadOptions extends World {
  /** absent: everything */
  select?: Select;
}

/** What was found. With any error, no case should be run: the suite itself is in doubt. */
export interface Loaded {
  cases: CompiledCase[];
  requirements: Requirement[];
  errors: SuiteError[];
  /** patterns of the selection that fit no case */
  unmatched: string[];
}

type Part<T> = T & { errors: SuiteError[] };

/** What one run of the loader knows. */
interface Run {
  world: World;
  chosen: Selector;
  sources: Map<string, SourceFile>;
}

type Opened = { candidate: Candidate; source: SourceFile } | { errors: SuiteError[] };

/** The texts that can hold what is selected, without the cases that are not. */
function readSuites(files: readonly Candidate[], { chosen, sources }: Run): Opened[] {
  return files.flatMap((candidate): Opened[] => {
    if (!chosen.area(areaOf(candidate))) return [];
    const source = readSource(candidate.name);
    if (!(source instanceof SourceFile)) return [source];
    sources.set(source.name, source);
    if (chosen.everything) return [{ candidate, source }];
    const text = chosen.text(source.text) && keepItems(source.text, CASES, chosen.case);
    return text ? [{ candidate, source: new SourceFile(source.name, text) }] : [];
  });
}

/** What requirements.yaml holds; `ids` also names the rows that no selected case needs. */
interface KnownRequirements {
  requirements: Requirement[];
  ids?: readonly string[];
}

const REQUIREMENT_ID = /[A-Z]+(?:-[A-Z]+)*-\d{2,}/g;

function neededRows(source: SourceFile, opened: readonly Opened[]): string {
  const texts = opened.flatMap((each) => ('source' in each ? [each.source.text] : []));
  const needed = new Set(texts.flatMap((text) => text.match(REQUIREMENT_ID) ?? []));
  return keepItems(source.text, ROWS, (id) => needed.has(id)) ?? '[]';
}

async function loadRequirements(
  dir: string,
  opened: readonly Opened[],
  { world, chosen, sources }: Run,
): Promise<Part<KnownRequirements>> {
  const whole = readSource(join(dir, REQUIREMENTS));
  if (!(whole instanceof SourceFile)) return { requirements: [], errors: whole.errors };
  sources.set(whole.name, whole);
  const source = chosen.everything ? whole : new SourceFile(whole.name, neededRows(whole, opened));
  const file = await openFile(source, Requirements, world);
  if (!('source' in file)) return { requirements: [], errors: file.errors };
  const rows = Array.isArray(file.value) ? (file.value as RawRequirements) : [];
  const requirements = compileRequirements(rows, (index) => file.sound([index]), file.context);
  const twice = duplicates(requirements, 'E_SUITE_DUPLICATE_REQUIREMENT');
  const errors = [...file.errors(), ...twice];
  const ids = [...idsIn(whole.text, ROWS), ...requirements.map(({ id }) => id)];
  return { requirements, errors, ...(errors.length === 0 && { ids }) };
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
  const { select, ...world } = options;
  const run: Run = { world, chosen: selector(select), sources: new Map() };
  const { chosen, sources } = run;
  const { files, errors: listing } = listFiles(dir);
  if (files.length === 0 && listing.length > 0) {
    return { cases: [], requirements: [], errors: listing, unmatched: chosen.unmatched() };
  }
  const opened = readSuites(files, run);
  const { requirements, ids, errors } = await loadRequirements(dir, opened, run);
  const wrong = [...listing, ...errors];
  const all: CompiledCase[] = [];
  for (const each of opened) {
    const part =
      'source' in each
        ? await loadSuiteFile(each.candidate, each.source, world, ids)
        : { cases: [], errors: each.errors };
    all.push(...part.cases);
    wrong.push(...part.errors);
  }
  wrong.push(...crossCheck(all, requirements, chosen.everything && wrong.length === 0));
  const cases = all.filter(({ id }) => chosen.case(id));
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
