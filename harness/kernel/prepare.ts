/** Gets a kernel's packages and makes it ready to boot. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError } from '../errors.js';
import { carryOut } from './carry-out.js';
import type { KernelVersion } from './kernels.js';
import { headerParts, headersOf, imageOf, releaseOf, sourceOf } from './packages.js';
import { planKernel, workFolder, type Origins } from './plan.js';
import type { Run } from './runner.js';

/** What the user has already; what is absent comes from packages. */
export interface Own {
  /** the package of a kernel's image, as a file */
  image?: string;
  /** a folder in which modules can be built */
  headers?: string;
  /** the package or an archive of the kernel's source */
  source?: string;
}

export interface Preparation {
  version: KernelVersion;
  own: Own;
  /** the folder of all kernels */
  cache: string;
  /** the project's folder linux/ */
  guest: string;
  run: Run;
  /** told what is done, before it is */
  tell: (title: string) => void;
}

const packagesFolder = (folder: string): string => join(folder, 'packages');

function downloaded(folder: string, name: string): string | undefined {
  const file = readdirSync(folder).find(
    (each) => each.startsWith(`${name}_`) && each.endsWith('.deb'),
  );
  return file && join(folder, file);
}

/** A package as a file, downloaded unless it has been before. */
async function fetch(name: string, folder: string, { run, tell }: Preparation): Promise<string> {
  const before = downloaded(folder, name);
  if (before !== undefined) return before;
  tell(`download ${name}`);
  await run([['apt-get', '-q', 'download', name]], { cwd: folder });
  const file = downloaded(folder, name);
  if (file !== undefined) return file;
  throw new HarnessError('E_KERNEL_PACKAGE', `apt-get downloaded no ${name} into ${folder}`);
}

async function imageName({ version, own: { image }, run, tell }: Preparation): Promise<string> {
  if (image !== undefined) return (await run([['dpkg-deb', '-f', image, 'Package']])).trim();
  tell(`look for a kernel ${version}`);
  const names = await run([['apt-cache', 'pkgnames', `linux-image-${version}.`]]);
  return imageOf(version, names.split('\n'));
}

async function headers(
  release: string,
  folder: string,
  preparation: Preparation,
): Promise<Origins['headers']> {
  const { own, run } = preparation;
  if (own.headers !== undefined) return { folder: resolve(own.headers) };
  const name = headersOf(release);
  const parts = headerParts(await run([['apt-cache', 'depends', name]]));
  const packages: string[] = [];
  for (const part of [name, ...parts]) packages.push(await fetch(part, folder, preparation));
  return { packages };
}

async function origins(preparation: Preparation): Promise<Origins> {
  const { version, own, cache, guest } = preparation;
  const folder = join(cache, version);
  const packages = packagesFolder(folder);
  mkdirSync(packages, { recursive: true });
  const image = await imageName(preparation);
  const release = releaseOf(image);
  const got = (name: string): Promise<string> => fetch(name, packages, preparation);
  return {
    version,
    release,
    image: own.image === undefined ? await got(image) : resolve(own.image),
    headers: await headers(release, packages, preparation),
    source: own.source === undefined ? await got(sourceOf(version)) : resolve(own.source),
    guest,
    folder,
  };
}

/**
 * Makes a kernel ready to boot.
 * @returns its release
 * @throws HarnessError `E_KERNEL_…`; what was ready before stays
 */
export async function prepareKernel(preparation: Preparation): Promise<string> {
  const from = await origins(preparation);
  await carryOut(planKernel(from), preparation.run, preparation.tell);
  rmSync(workFolder(from.folder), { recursive: true, force: true });
  return from.release;
}
