/** `mdevct accept`: proposed goldens become the real ones, each with a line that says why. */
import { join } from 'node:path';
import { goldenPath } from '../golden/case-id.js';
import { GoldenError } from '../golden/error.js';
import { GoldenStore } from '../golden/store.js';
import { implementation } from '../run/implementation.js';
import { loadSuites } from '../suite/load.js';
import type { Define } from './commands.js';
import { forEach } from './each.js';
import type { Exit } from './exit.js';
import * as option from './options.js';
import { choosePending } from './pending.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Folders {
  all: boolean;
  reason: string;
}

/** The ids of all cases. */
async function caseIds(suites: string): Promise<ReadonlySet<string>> {
  const { world } = await implementation('reference');
  const { cases } = await loadSuites(suites, world);
  return new Set(cases.map(({ id }) => id));
}

/** A proposal whose case was deleted or renamed since. */
function orphan(golden: string, id: string): GoldenError {
  const reason = `there is no case ${id} any more; mdevct reject ${id}`;
  return new GoldenError('E_GOLDEN_ORPHAN', join(golden, goldenPath(id)), 1, reason);
}

const today = (): string => new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);

async function accept(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const store = new GoldenStore(options.golden);
  const ids = await choosePending(store, patterns, options.all, options.suites);
  const known = await caseIds(options.suites);
  const review = { reason: options.reason, date: today() };
  return forEach(ids, terminal, (id) => {
    if (!known.has(id)) throw orphan(options.golden, id);
    const { kind } = store.accept(id, review);
    terminal.out(`accepted ${id} (${kind})\n`);
  });
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('[patterns...]', 'ids, globs of ids, suites (area/topic) or areas')
    .option('--all', 'everything that is pending', false)
    .requiredOption('--reason <text>', 'why this is right; it is kept in the golden')
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((patterns: string[], options: Options) => accept(patterns, options, terminal)));
  option.examples(command, [
    'accept create-remove.links-come-after-bind --reason "read against kernel 6.1.192"',
    'accept --all --reason "first recording"',
  ]);
};
