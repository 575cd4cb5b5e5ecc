/** Which packages of the distribution a kernel comes from, by their names. */
import { HarnessError } from '../errors.js';

/** The packages of one kernel. */
export interface KernelPackages {
  /** what `uname -r` says there, `6.1.0-56-amd64` */
  release: string;
  image: string;
  headers: readonly string[];
  source: string;
}

const numbersOf = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** By the numbers in them, as they come: 6.1.0-9 before 6.1.0-56. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const IMAGE = 'linux-image-';

/** The release that an image's package is of. @throws HarnessError `E_KERNEL_PACKAGE` for another package */
export function releaseOf(imagePackage: string): string {
  const name = imagePackage.replace(/-unsigned$/, '');
  if (name.startsWith(IMAGE)) return name.slice(IMAGE.length);
  throw new HarnessError('E_KERNEL_PACKAGE', `${imagePackage} is no package of a kernel's image`);
}

/**
 * The newest image of a version. Flavours for clouds have no mdev, those for real time are another kernel.
 * @param names names of packages, as `apt-cache pkgnames` lists them
 * @throws HarnessError `E_KERNEL_PACKAGE` if there is none
 */
export function imageOf(version: string, names: readonly string[]): string {
  const escaped = version.replaceAll('.', '\\.');
  const pattern = new RegExp(`^${IMAGE}${escaped}\\.\\d+(?:[-+]\\w+)?-amd64$`);
  const newest = names
    .filter((name) => pattern.test(name))
    .sort(byNumbers)
    .at(-1);
  if (newest !== undefined) return newest;
  const message =
    `no package ${IMAGE}${version}.*-amd64 is known here; apt-get update may find it, ` +
    'or name what you have with --image, --headers and --source';
  throw new HarnessError('E_KERNEL_PACKAGE', message);
}

export const headersOf = (release: string): string => `linux-headers-${release}`;
export const sourceOf = (version: string): string => `linux-source-${version}`;

/**
 * What the headers of a release need beside themselves: the common headers and the tools of kbuild.
 * @param depends what `apt-cache depends` says of them
 */
export function headerParts(depends: string): string[] {
  const needed = [...depends.matchAll(/^ *\|?Depends: (\S+)$/gm)].map(([, name]) => name!);
  return needed.filter((name) => /^linux-(headers|kbuild)-/.test(name));
}
