/** What this machine needs to prepare kernels and to boot them. */

export interface Need {
  /** as one says it: a program's name, or what the file is */
  name: string;
  /** programs are looked for in PATH; else one of these files must be there */
  files?: readonly string[];
  for: 'prepare' | 'run';
  /** the package of Debian and its kin that has it */
  package: string;
  why: string;
}

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib/x86_64-linux-gnu'];
const library = (name: string): string[] => LIBRARIES.map((folder) => `${folder}/${name}`);

const prepare = (name: string, from: string, why: string, files?: readonly string[]): Need => ({
  name,
  ...(files && { files }),
  for: 'prepare',
  package: from,
  why,
});

export const NEEDS: readonly Need[] = [
  prepare('apt-get', 'apt', 'gets packages, unless files are named'),
  prepare('apt-cache', 'apt', 'finds packages, unless files are named'),
  prepare('dpkg-deb', 'dpkg', 'unpacks packages'),
  prepare('tar', 'tar', 'unpacks packages'),
  prepare('xz', 'xz-utils', 'uncompresses the kernel'),
  prepare('zstd', 'zstd', 'uncompresses the kernel, if it is compressed so'),
  prepare('gcc', 'gcc', 'builds modules and the agent'),
  prepare('make', 'make', 'builds modules and the agent'),
  prepare('strip', 'binutils', 'makes modules small'),
  prepare('libc.a', 'libc6-dev', 'the agent is linked statically', library('libc.a')),
  prepare('linux/vfio.h', 'linux-libc-dev', 'the agent knows the requests by it', [
    '/usr/include/linux/vfio.h',
  ]),
  prepare('libelf.so.1', 'libelf1', "the kernel's own tools use it", library('libelf.so.1')),
  prepare('find', 'findutils', 'makes the initramfs'),
  prepare('cpio', 'cpio', 'makes the initramfs'),
  { name: 'qemu-system-x86_64', for: 'run', package: 'qemu-system-x86', why: 'is the machine' },
];

export interface Finding extends Need {
  found: boolean;
}

/** @param exists whether there is a file that can be used */
export function examine(
  path: string | undefined,
  exists: (file: string) => boolean,
  needs: readonly Need[] = NEEDS,
): Finding[] {
  const folders = (path ?? '').split(':').filter((folder) => folder !== '');
  return needs.map((need) => {
    const files = need.files ?? folders.map((folder) => `${folder}/${need.name}`);
    return { ...need, found: files.some(exists) };
  });
}
