/** `mdevct kernel`: makes real kernels ready to be put under test. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { Argument, Option } from 'commander';
import { HarnessError } from '../errors.js';
import { examine, type Finding } from '../kernel/doctor.js';
import { KERNEL_VERSIONS, type KernelVersion } from '../kernel/kernels.js';
import { cacheFolder } from '../kernel/manifest.js';
import { prepareKernel, type Own } from '../kernel/prepare.js';
import { run } from '../kernel/runner.js';
import { plural } from '../report/words.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import * as option from './options.js';
import { ROOT } from './root.js';
import type { Terminal } from './terminal.js';

function exists(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

const examined = (): Finding[] => examine(process.env['PATH'], exists);

/** The packages that have what is missing, once each. */
const packagesOf = (missing: readonly Finding[]): string[] => [
  ...new Set(missing.map((each) => each.package)),
];

function doctor({ json }: { json: boolean }, { out, colours }: Terminal): Exit {
  const findings = examined();
  const missing = findings.filter(({ found }) => !found);
  const ok = missing.length === 0;
  if (json) {
    out(`${JSON.stringify({ ok, findings })}\n`);
    return ok ? Exit.ok : Exit.unexpected;
  }
  const width = Math.max(...findings.map(({ name }) => name.length));
  for (const { name, found, why, for: purpose } of findings) {
    const mark = found ? colours.green('✔') : colours.red('✖');
    out(`${mark} ${name.padEnd(width)}  ${purpose.padEnd('prepare'.length)}  ${why}\n`);
  }
  if (ok) out('nothing is missing\n');
  else {
    out(`${plural(missing.length, 'thing')} missing; on Debian and its kin:\n`);
    out(`  apt-get install --no-install-recommends ${packagesOf(missing).join(' ')}\n`);
  }
  return ok ? Exit.ok : Exit.unexpected;
}

/** Says at once what would be found out one by one, each after a while. */
function requireTools(own: Own): void {
  const unneeded = Object.keys(own).length === 3 ? ['apt-get', 'apt-cache'] : [];
  const missing = examined().filter(
    (each) => !each.found && each.for === 'prepare' && !unneeded.includes(each.name),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  const message = `this machine lacks ${names}; mdevct kernel doctor tells what has it`;
  throw new HarnessError('E_KERNEL_TOOLS', message);
}

async function prepare(version: KernelVersion, own: Own, terminal: Terminal): Promise<Exit> {
  requireTools(own);
  const cache = cacheFolder();
  const release = await prepareKernel({
    version,
    own,
    cache,
    guest: join(ROOT, 'linux'),
    run,
    tell: (title) => terminal.err(`${title}\n`),
  });
  terminal.out(`${release} is ready in ${join(cache, version, 'ready')}\n`);
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  const examining = command
    .command('doctor')
    .description('tell what this machine lacks to prepare and boot kernels')
    .addOption(option.jsonOption());
  examining.action(action((options: { json: boolean }) => doctor(options, terminal)));
  const preparing = command
    .command('prepare')
    .description('get a kernel, build what runs on it, and make it ready to boot')
    .addArgument(new Argument('<version>', 'which kernel').choices(KERNEL_VERSIONS))
    .addOption(new Option('--image <file>', 'the package of its image, instead of the newest'))
    .addOption(new Option('--headers <dir>', 'a folder to build its modules in, as it is'))
    .addOption(new Option('--source <file>', 'the package or an archive of its source'));
  preparing.action(action((version: KernelVersion, own: Own) => prepare(version, own, terminal)));
  const examples = ['kernel doctor', 'kernel prepare 6.1'];
  option.examples(examining, examples.slice(0, 1));
  option.examples(preparing, [
    ...examples.slice(1),
    'kernel prepare 6.1 --image linux-image.deb --headers /usr/src/linux-headers --source linux.tar.xz',
  ]);
  option.examples(command, examples);
};
