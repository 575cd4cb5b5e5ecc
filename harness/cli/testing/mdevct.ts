/** `mdevct` as a process, on suites and goldens of its own in a temporary folder. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

export interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

export const REQUIREMENTS = `- id: MDEV-CREATE-01
  text: Writing a uuid to the create file of a type makes a device of that type.
  level: MUST
  source: create_store(), drivers/vfio/mdev/mdev_sysfs.c, 6.1
`;

export const SUITE = `suite: create-remove/basic
schema: 1
cases:
  - id: create-remove.create-then-remove
    title: A device that was created can be removed
    because: [MDEV-CREATE-01]
    needs: [modules, sysfs, "vendor:mtty"]
    steps:
      - insmod: mtty
      - create: { type: mtty/mtty-2, uuid: A }
      - remove: A
    intent: [{ before: [{ uevent: add, of: A }, { uevent: remove, of: A }] }]
    profiles: [linux-6.1..]
  - id: create-remove.duplicate
    title: The same uuid twice is refused
    because: [MDEV-CREATE-01]
    needs: [modules, sysfs, "vendor:mtty"]
    steps:
      - insmod: mtty
      - create: { type: mtty/mtty-2, uuid: A }
      - create: { type: mtty/mtty-2, uuid: A }
        expect: EEXIST
    profiles: [linux-6.1..]
`;

export const SUITE_FILE = 'suites/create-remove/basic.yaml';
export const golden = (id: string): string => `golden/create-remove/${id}.trace`;

/** A folder with suites and goldens, and mdevct run in it. */
export class Project {
  readonly dir = mkdtempSync(join(tmpdir(), 'mdevct-'));

  constructor(suite: string | undefined = SUITE) {
    this.write('suites/requirements.yaml', REQUIREMENTS);
    if (suite !== undefined) this.write(SUITE_FILE, suite);
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  /** Changes a file by replacing a text that must be in it. */
  edit(path: string, from: string, to: string): void {
    const before = this.read(path);
    if (!before.includes(from)) throw new Error(`${path} does not hold ${from}`);
    this.write(path, before.replace(from, to));
  }

  /** Every file with its content, to see that nothing was written. */
  snapshot(): Record<string, string> {
    const paths = readdirSync(this.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(path, 'latin1')]));
  }

  /** @param args as typed; the folders of this project are added for commands that take them */
  mdevct(args: readonly string[], env: Record<string, string> = {}): Result {
    const clean = { ...process.env, CI: undefined, FORCE_COLOR: undefined };
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
      cwd: this.dir,
      env: { ...clean, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  private folders(command: string): string[] {
    const suites = ['--suites', 'suites'];
    return command === 'list' ? suites : [...suites, '--golden', 'golden'];
  }

  /** A command on the suites and goldens of this project. */
  run(command: string, ...args: string[]): Result {
    return this.mdevct([command, ...args, ...this.folders(command)]);
  }

  /** Records and accepts the cases of {@link SUITE}. Done once: processes take their time. */
  bless(): void {
    template ??= recordTemplate();
    for (const [path, content] of template) this.write(path, content);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}

let template: [path: string, content: string][] | undefined;

/** The goldens of {@link SUITE}, as the commands make them. */
function recordTemplate(): [string, string][] {
  const project = new Project();
  for (const result of [
    project.run('record', '--quiet'),
    project.run('accept', '--all', '--reason', 'first recording'),
  ]) {
    if (result.status !== 0) throw new Error(result.stderr + result.stdout);
  }
  const ids = ['create-remove.create-then-remove', 'create-remove.duplicate'];
  const goldens = ids.map((id): [string, string] => [golden(id), project.read(golden(id))]);
  project.remove();
  return goldens;
}

/** A project for each test of a `describe`. */
export function useProject(prepare: (project: Project) => void = () => undefined): () => Project {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    prepare(project);
  });
  afterEach(() => {
    project.remove();
  });
  return () => project;
}
