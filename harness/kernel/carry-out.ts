/** Does what a plan says. */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { HarnessError } from '../errors.js';
import { payloadOf } from './payload.js';
import type { Run } from './runner.js';
import type { Stage, Step } from './step.js';

type StepOf<D extends Step['do']> = Extract<Step, { do: D }>;
type Does = { [D in Step['do']]: (step: StepOf<D>, run: Run) => void | Promise<void> };

/** How the names of files say how they are compressed. */
const UNCOMPRESS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  '.ko': ['cat'],
  '.ko.xz': ['xz', '-d', '-c'],
  '.ko.zst': ['zstd', '-d', '-c', '-q'],
};

/** A module's file by its name, in which `-` and `_` are the same. */
function moduleFile(
  name: string,
  files: readonly string[],
): [file: string, suffix: string] | undefined {
  for (const suffix of Object.keys(UNCOMPRESS)) {
    const found = files.find((file) => basename(file).replaceAll('-', '_') === `${name}${suffix}`);
    if (found !== undefined) return [found, suffix];
  }
  return undefined;
}

/** @returns the names of those that are there */
async function putModules(
  { names, below, into }: Pick<StepOf<'modules'>, 'names' | 'below' | 'into'>,
  run: Run,
): Promise<string[]> {
  const files = readdirSync(below, { recursive: true, encoding: 'utf8' });
  const put: string[] = [];
  for (const name of names) {
    const [file, suffix] = moduleFile(name, files) ?? [];
    if (file === undefined) continue;
    const [program, ...args] = UNCOMPRESS[suffix!]!;
    await run([[program, ...args, join(below, file)]], { into: join(into, `${name}.ko`) });
    put.push(name);
  }
  return put;
}

const DOES: Does = {
  folder({ path }) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  },
  copy: ({ from, to }) => cpSync(from, to, { recursive: true }),
  write: ({ path, text }) => writeFileSync(path, text),
  replace({ path, from, to }) {
    const parts = readFileSync(path, 'latin1').split(from);
    if (parts.length !== 2) {
      const message = `${path} has ${JSON.stringify(from)} ${parts.length - 1} times, not once`;
      throw new HarnessError('E_KERNEL_REPLACE', message);
    }
    writeFileSync(path, parts.join(to), 'latin1');
  },
  run: async ({ commands, cwd, into }, run) => void (await run(commands, { cwd, into })),
  async modules(step, run) {
    const put = await putModules(step, run);
    const missing = step.names.filter((name) => !put.includes(name));
    if (missing.length === 0) return;
    const message = `the kernel's package has no module ${missing.join(', ')}; flavours for clouds have none`;
    throw new HarnessError('E_KERNEL_MODULE', message);
  },
  async loadable(step, run) {
    const put = await putModules(step, run);
    writeFileSync(step.list, put.map((name) => `/${basename(step.into)}/${name}.ko\n`).join(''));
  },
  async uncompress({ below, to }, run) {
    const [image] = readdirSync(below).filter((name) => name.startsWith('vmlinuz'));
    if (image === undefined)
      throw new HarnessError('E_KERNEL_IMAGE', `there is no kernel in ${below}`);
    const { bytes, command } = payloadOf(readFileSync(join(below, image)));
    if (command) await run([command], { input: bytes, into: to });
    else writeFileSync(to, bytes);
  },
  'replace-folder'({ from, to }) {
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
  },
};

const does = <S extends Step>(step: S, run: Run): void | Promise<void> =>
  (DOES[step.do] as (step: S, run: Run) => void | Promise<void>)(step, run);

/**
 * Carries out stages in order.
 * @param tell is told the title of each before it begins
 * @throws HarnessError of the first step that fails
 */
export async function carryOut(
  stages: readonly Stage[],
  run: Run,
  tell: (title: string) => void,
): Promise<void> {
  for (const { title, steps } of stages) {
    tell(title);
    for (const step of steps) await does(step, run);
  }
}
