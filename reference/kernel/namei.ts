/** From paths to nodes. Source: fs/namei.c, 6.1 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import type { KernfsNode } from './kernfs.js';

/** Source: MAXSYMLINKS, include/linux/namei.h */
const MAX_LINKS = 40;

/** Source: PATH_MAX, include/uapi/linux/limits.h */
const PATH_MAX = 4096;

/** Where each tree is mounted; the longest match wins. */
const mounts = (k: Kernel): readonly (readonly [string, KernfsNode])[] => [
  ['/sys/kernel/debug', k.debugfs],
  ['/sys', k.sysfs],
  ['/proc', k.procfs],
  ['/dev', k.devtmpfs],
];

function mount_of(k: Kernel, path: string): { root: KernfsNode; rest: string } | undefined {
  const found = mounts(k).find(([at]) => path === at || path.startsWith(`${at}/`));
  return found && { root: found[1], rest: path.slice(found[0].length) };
}

/** Follows a link to what it stands for. */
function follow(node: KernfsNode): KernfsNode | number {
  for (let links = 0, at = node; links <= MAX_LINKS; links++) {
    if (at.kind !== 'link') return at;
    if (!at.target || at.target.removed) return -Errno.ENOENT;
    at = at.target;
  }
  return -Errno.ELOOP;
}

/** The names in a path; a slash at the end asks for a directory, as a dot does. Source: walk_component() */
function components(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return path.endsWith('/') ? [...names, '.'] : names;
}

/**
 * Finds the node of an absolute path.
 * @param followLast whether a link at the end is followed
 * @returns the node, or -ENOENT, -ENOTDIR, -ELOOP, -ENAMETOOLONG
 */
export function lookup(k: Kernel, path: string, followLast = true): KernfsNode | number {
  if (path.length >= PATH_MAX) return -Errno.ENAMETOOLONG;
  const start = mount_of(k, path.replace(/\/+/g, '/'));
  if (!start) return -Errno.ENOENT;
  let node: KernfsNode = start.root;
  for (const name of components(start.rest)) {
    const dir = follow(node);
    if (typeof dir === 'number') return dir;
    if (dir.kind !== 'dir') return -Errno.ENOTDIR;
    const next = name === '.' ? dir : name === '..' ? (dir.parent ?? dir) : dir.lookup(name);
    if (!next) return -Errno.ENOENT;
    node = next;
  }
  return followLast ? follow(node) : node;
}

/**
 * The text of a link, relative to where it stands; the target's own name is always in it.
 * Source: kernfs_get_target_path(), fs/kernfs/symlink.c
 */
export function link_text(link: KernfsNode): string {
  const from = link.parent!.path.split('/');
  const to = link.target!.path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
