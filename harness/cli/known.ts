/** `mdevct known propose`: entries for failures that are not known yet, to be completed by a person. */
import { writeAtomically } from '../golden/atomic.js';
import { HarnessError } from '../errors.js';
import { plural } from '../report/words.js';
import { adapterOptions, type AdapterChoice } from './adapter-options.js';
import { choose } from './chosen.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import { day, readKnown, textOrNone } from './known-file.js';
import * as option from './options.js';
import { collectOutcomes } from './outcomes.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Choice, option.Folders, AdapterChoice {
  knownFailures: string;
  reason?: string;
  link?: string;
  reviewBy: string;
  json: boolean;
}

/** Days until a new entry wants to be looked at again, unless a person says otherwise. */
const REVIEW_DAYS = 90;

/** Entries are added as text; a file of another form than ours would not be one any more. */
async function requireList(file: string, text: string): Promise<void> {
  const { parse } = await import('../suite/parse.js');
  if (!('mistakes' in parse(text))) return;
  const sentence = 'is no plain list: write its entries as "- case: …", at the start of lines';
  throw new HarnessError('E_KNOWN', `${file} ${sentence}`);
}

function save(file: string, text: string): void {
  try {
    writeAtomically(file, text);
  } catch (error) {
    throw new HarnessError('E_WRITE', `${file} cannot be written: ${(error as Error).message}`);
  }
}

function told(file: string, added: number, incomplete: boolean): string {
  const next = added > 0 && incomplete ? '; complete their reasons and links by hand' : '';
  return `${plural(added, 'entry', 'entries')} added to ${file}${next}`;
}

async function propose(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const { knownFailures: file, golden, reason, link, reviewBy } = options;
  const { planned, implementation } = await choose(patterns, options, options, options);
  const before = textOrNone(file);
  const entries = before === undefined ? [] : await readKnown(file, implementation.world);
  const outcomes = await collectOutcomes({ planned, implementation, golden }, terminal);
  await implementation.close();
  const { stubsFor, withStubs } = await import('../known/propose.js');
  const stubs = stubsFor(outcomes, entries);
  const words = { ...(reason !== undefined && { reason }), ...(link !== undefined && { link }) };
  if (stubs.length > 0) {
    const text = withStubs(before ?? '', stubs, { ...words, reviewBy });
    await requireList(file, text);
    save(file, text);
  }
  if (options.json) terminal.out(`${JSON.stringify({ file, added: stubs })}\n`);
  else terminal.out(`${told(file, stubs.length, reason === undefined || link === undefined)}\n`);
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  const proposal = command
    .command('propose')
    .description('run cases, and add an entry for each failure that has none')
    .argument('[patterns...]', option.PATTERNS)
    .addOption(option.knownFailuresOption().makeOptionMandatory())
    .option('--reason <text>', 'why they fail, said of all new entries')
    .option('--link <url>', 'where the matter is followed')
    .option('--review-by <day>', 'last day on which they count', day(REVIEW_DAYS))
    .addOption(option.profileOption())
    .addOption(option.areaOption())
    .addOption(option.jsonOption())
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((patterns: string[], options: Options) => propose(patterns, options, terminal)));
  adapterOptions(proposal);
  const examples = [
    'known propose --known-failures known.yaml --adapter "exec:./my-device"',
    'known propose create-remove --known-failures known.yaml --review-by 2027-06-30',
  ];
  option.examples(proposal, examples);
  option.examples(command, examples);
};
