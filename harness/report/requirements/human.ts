/** Requirements for people: each sentence with its source, and with what proves it where. */
import { groupBy } from '../../run/group-by.js';
import type { Coverage, Evidence, Proof } from '../../run/proofs.js';
import type { CompiledCase } from '../../suite/compiled.js';
import { wrapped } from '../few.js';
import type { Page } from '../formats.js';
import { plural } from '../words.js';
import type { ProofReport } from './formats.js';

const ids = (cases: readonly CompiledCase[]): string[] => cases.map(({ id }) => id);

const INDENT = '      ';

/** A number of cases, and which they are. */
function named(what: string, cases: readonly CompiledCase[], { width }: Page): string[] {
  return [
    `    ${what} ${plural(cases.length, 'case')}`,
    ...wrapped(ids(cases), width - INDENT.length).map((line) => INDENT + line),
  ];
}

function evidenceLines(
  profiles: readonly string[],
  { proves, fails }: Evidence,
  page: Page,
): string[] {
  const { green, red, yellow } = page.colours;
  return [
    `  ${profiles.join(', ')}`,
    ...(proves.length > 0
      ? named(`${green('✔')} proven by`, proves, page)
      : [`    ${red('✖ nothing proves it')}`]),
    ...(fails.length > 0 ? named(yellow('not as expected in'), fails, page) : []),
  ];
}

/** Profiles with the same evidence are told together. */
function proofLines({ requirement, evidence }: Proof, page: Page): string[] {
  const { bold, dim } = page.colours;
  const { level, id, text, reference } = requirement;
  const alike = groupBy(evidence, ({ proves, fails }) => JSON.stringify([ids(proves), ids(fails)]));
  return [
    `${bold(`${level} ${id}`)}  ${text}`,
    `  ${dim(reference)}`,
    ...[...alike.values()].flatMap((same) =>
      evidenceLines(
        same.map(({ profile }) => profile),
        same[0]!,
        page,
      ),
    ),
    '',
  ];
}

/** A requirement counts once for each profile that it holds for. */
function closing({ requirements, claims, proven }: Coverage, { colours }: Page): string {
  const paint = proven === claims ? colours.green : colours.red;
  const all = `${plural(requirements, 'requirement')}, counted per profile: `;
  return `${all}${paint(`${proven} of ${claims} proven`)}`;
}

/** See the head of this file. */
export const report: ProofReport = ({ proofs, coverage }, page) =>
  `${[...proofs.flatMap((proof) => proofLines(proof, page)), closing(coverage, page)].join('\n')}\n`;
