/** `mdevct profiles`: the eras that the reference knows. */
import { implementation } from '../run/implementation.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import type { Terminal } from './terminal.js';

async function profiles({ json }: { json: boolean }, terminal: Terminal): Promise<Exit> {
  const { profiles: all } = await implementation('reference');
  const width = Math.max(...all.map(({ name }) => name.length));
  terminal.out(
    json
      ? `${JSON.stringify({ profiles: all })}\n`
      : all.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join(''),
  );
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  command
    .addOption(option.jsonOption())
    .action(action((options: { json: boolean }) => profiles(options, terminal)));
  option.examples(command, ['profiles', 'profiles --json']);
};
