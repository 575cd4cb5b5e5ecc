/** A kernel that is ready to boot, and where such are kept. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { HarnessError } from '../errors.js';
import type { KernelVersion } from './kernels.js';

/** What is written of it. */
export interface Manifest {
  version: KernelVersion;
  release: string;
  profile: string;
  /** the vendor drivers that it can load */
  vendors: readonly string[];
}

export const MANIFEST = 'kernel.json';

/** The folder of all kernels, in the user's cache (XDG Base Directory Specification: relative paths don't count). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: named = '' } = env;
  return join(isAbsolute(named) ? named : join(homedir(), '.cache'), 'mdev-conformance');
}

/** A kernel with its files. */
export interface ReadyKernel extends Manifest {
  vmlinux: string;
  initramfs: string;
}

/** @throws HarnessError `E_KERNEL_UNPREPARED` if it isn't there */
export function readyKernel(cache: string, version: KernelVersion): ReadyKernel {
  const folder = join(cache, version, 'ready');
  let text: string;
  try {
    text = readFileSync(join(folder, MANIFEST), 'utf8');
  } catch (cause) {
    const message = `the kernel ${version} is not prepared; mdevct kernel prepare ${version} does it`;
    throw new HarnessError('E_KERNEL_UNPREPARED', message, { cause });
  }
  return {
    ...(JSON.parse(text) as Manifest),
    vmlinux: join(folder, 'vmlinux'),
    initramfs: join(folder, 'initramfs.cpio'),
  };
}
