/** The texts that a selection needs, without the items that it does not: parsing them is what takes time. */
import { CASES, ROWS, keepItems } from './cut.js';
import type { SuiteError } from './errors.js';
import { areaOf, readSource, type Candidate } from './read.js';
import type { Selector } from './select.js';
import { SourceFile } from './source.js';

/** A file: all of it, and as much of its text as is selected. */
export interface Selected extends Candidate {
  whole: SourceFile;
  source: SourceFile;
}

const cutTo = (whole: SourceFile, text: string): SourceFile => new SourceFile(whole.name, text);

/** The file of a suite; nothing if nothing in it is selected. */
export function selectSuite(
  candidate: Candidate,
  chosen: Selector,
): Selected | { errors: SuiteError[] } | undefined {
  if (!chosen.area(areaOf(candidate))) return undefined;
  const whole = readSource(candidate.name);
  if (!(whole instanceof SourceFile)) return whole;
  if (chosen.everything) return { ...candidate, whole, source: whole };
  const text = chosen.text(whole.text) && keepItems(whole.text, CASES, chosen.case);
  return text ? { ...candidate, whole, source: cutTo(whole, text) } : undefined;
}

const REQUIREMENT_ID = /[A-Z]+(?:-[A-Z]+)*-\d{2,}/g;

/** Whether a requirement is named in what is selected. */
export function neededBy(
  suites: readonly Selected[],
  { everything }: Selector,
): (id: string) => boolean {
  if (everything) return () => true;
  const named = suites.flatMap(({ source }) => source.text.match(REQUIREMENT_ID) ?? []);
  const needed = new Set(named);
  return (id) => needed.has(id);
}

/** requirements.yaml, with the rows that are needed. */
export function selectRows(
  candidate: Candidate,
  chosen: Selector,
  needed: (id: string) => boolean,
): Selected | { errors: SuiteError[] } {
  const whole = readSource(candidate.name);
  if (!(whole instanceof SourceFile)) return whole;
  if (chosen.everything) return { ...candidate, whole, source: whole };
  return { ...candidate, whole, source: cutTo(whole, keepItems(whole.text, ROWS, needed) ?? '[]') };
}
