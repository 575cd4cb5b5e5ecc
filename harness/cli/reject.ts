/** `mdevct reject`: drops proposed goldens; the real ones stay as they are. */
import { GoldenStore } from '../golden/store.js';
import type { Define } from './commands.js';
import { forEach } from './each.js';
import type { Exit } from './exit.js';
import * as option from './options.js';
import { choosePending } from './pending.js';
import type { Terminal } from './terminal.js';

interface Options extends option.Folders {
  all: boolean;
}

async function reject(patterns: string[], options: Options, terminal: Terminal): Promise<Exit> {
  const store = new GoldenStore(options.golden);
  const ids = await choosePending(store, patterns, options.all, options.suites);
  return forEach(ids, terminal, (id) => {
    store.reject(id);
    terminal.out(`rejected ${id}\n`);
  });
}

export const define: Define = (command, { terminal, action }) => {
  command
    .argument('[patterns...]', 'ids, globs of ids, suites (area/topic) or areas')
    .option('--all', 'everything that is pending', false)
    .addOption(option.suitesOption())
    .addOption(option.goldenOption())
    .action(action((patterns: string[], options: Options) => reject(patterns, options, terminal)));
  option.examples(command, ['reject create-remove.links-come-after-bind', 'reject --all']);
};
