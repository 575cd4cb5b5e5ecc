/** `mdevct accept`: proposed goldens become the real ones, each with a line that says why. */
import { GoldenStore } from '../golden/store.js';
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

const today = (): string => new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);

async function accept(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const store = new GoldenStore(options.golden);
  const ids = await choosePending(store, patterns, options.all, options.suites);
  const review = { reason: options.reason, date: today() };
  return forEach(ids, terminal, (id) => {
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
