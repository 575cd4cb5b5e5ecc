/** System calls: what a program can do to the machine. */
import { chrdev_open } from './chrdev.js';
import type { DevT } from './device.js';
import { Errno } from './errno.js';
import type { File, IoctlArgument } from './file.js';
import { perKernel, type Kernel } from './kernel.js';
import { directory_open, kernfs_open } from './kernfs-file.js';
import type { KernfsNode } from './kernfs.js';
import { link_text, lookup } from './namei.js';
import type { MightSleep } from './scheduler.js';
import { PAGE_SIZE } from './sysfs.js';

/** The number of the first descriptor of a program of ours; those below are its own. */
const FIRST_FD = 10;

/** Descriptors are given in order and never used again, so that a stale one is seen as such. */
const descriptors = perKernel(() => ({ next: FIRST_FD, files: new Map<number, File>() }));

/** The open file of a descriptor. Source: fdget() */
export function fdget(k: Kernel, fd: number): File | undefined {
  return descriptors(k).files.get(fd);
}

/** The descriptors that are open, oldest first. */
export function open_descriptors(k: Kernel): number[] {
  return [...descriptors(k).files.keys()];
}

/** Gives a file a descriptor. Source: fd_install() */
export function fd_install(k: Kernel, file: File): number {
  const table = descriptors(k);
  const fd = table.next++;
  table.files.set(fd, file);
  return fd;
}

/** A system call, and what is left to do on the way back to user space. Source: exit_to_user_mode_loop(), 6.1 */
export function* to_user_space<T>(k: Kernel, call: MightSleep<T>): MightSleep<T> {
  const result = yield* call;
  const { work } = k.current;
  for (let next = work.shift(); next; next = work.shift()) yield* next();
  return result;
}

/** Opens a node by what it is. @returns the file, or -errno */
function* do_open(k: Kernel, path: string, mode: File['mode']): MightSleep<File | number> {
  const node = lookup(k, path);
  if (typeof node === 'number') return node;
  if (node.kind === 'dir') return directory_open(mode);
  if (node.kind === 'device') return yield* chrdev_open(k, node.device as DevT, mode);
  return node.ops.open ? node.ops.open(mode) : kernfs_open(node, mode);
}

/** @returns a descriptor, or -errno */
export function* sys_open(k: Kernel, path: string, mode: File['mode']): MightSleep<number> {
  const file = yield* do_open(k, path, mode);
  return typeof file === 'number' ? file : fd_install(k, file);
}

/** @returns 0 or -EBADF */
export function* sys_close(k: Kernel, fd: number): MightSleep<number> {
  const { files } = descriptors(k);
  const file = files.get(fd);
  if (!file) return -Errno.EBADF;
  files.delete(fd);
  file.put(k);
  return 0;
}

function* vfs_write(k: Kernel, file: File, data: Uint8Array, pos: number): MightSleep<number> {
  if (!file.mode.write) return -Errno.EBADF;
  return file.ops.write ? yield* file.ops.write(k, file, data, pos) : -Errno.EINVAL;
}

function* vfs_read(
  k: Kernel,
  file: File,
  count: number,
  pos: number,
): MightSleep<Uint8Array | number> {
  if (!file.mode.read) return -Errno.EBADF;
  if (file.ops.kind === 'directory') return -Errno.EISDIR;
  return file.ops.read ? yield* file.ops.read(k, file, count, pos) : -Errno.EINVAL;
}

/** Opens for writing, writes once, closes. @returns bytes written, or -errno */
export function* write_file(k: Kernel, path: string, data: Uint8Array): MightSleep<number> {
  const file = yield* do_open(k, path, { read: false, write: true });
  if (typeof file === 'number') return file;
  const ret = yield* vfs_write(k, file, data, 0);
  file.put(k);
  return ret;
}

/** Opens for reading and reads to the end. @returns the content, or -errno */
export function* read_file(k: Kernel, path: string): MightSleep<Uint8Array | number> {
  const file = yield* do_open(k, path, { read: true, write: false });
  if (typeof file === 'number') return file;
  const content = yield* vfs_read(k, file, Infinity, 0);
  file.put(k);
  return content;
}

/**
 * Uses the file of a descriptor, which stays open until that is done, whoever closes it meanwhile.
 * @returns what `use` returns, or -EBADF. Source: fdget(), fdput(), fs/file.c
 */
function* with_file<T>(
  k: Kernel,
  fd: number,
  use: (file: File) => MightSleep<T>,
): MightSleep<T | number> {
  const file = fdget(k, fd)?.get();
  if (!file) return -Errno.EBADF;
  const ret = yield* use(file);
  file.put(k);
  return ret;
}

/** Source: write(2) at the start of the file */
export function sys_write(k: Kernel, fd: number, data: Uint8Array): MightSleep<number> {
  return with_file(k, fd, (file) => vfs_write(k, file, data, 0));
}

/** Source: pread(2) */
export function* sys_pread(
  k: Kernel,
  fd: number,
  count: number,
  pos: number,
): MightSleep<Uint8Array | number> {
  if (pos < 0) return -Errno.EINVAL;
  return yield* with_file(k, fd, (file) => vfs_read(k, file, count, pos));
}

/** Source: pwrite(2) */
export function* sys_pwrite(
  k: Kernel,
  fd: number,
  data: Uint8Array,
  pos: number,
): MightSleep<number> {
  if (pos < 0) return -Errno.EINVAL;
  return yield* with_file(k, fd, (file) => vfs_write(k, file, data, pos));
}

/** Source: ioctl(2) */
export function sys_ioctl(
  k: Kernel,
  fd: number,
  request: number,
  arg: IoctlArgument,
): MightSleep<number> {
  return with_file(k, fd, function* (file) {
    return file.ops.ioctl ? yield* file.ops.ioctl(k, file, request, arg) : -Errno.ENOTTY;
  });
}

/** A shared, writable mapping. Source: mmap(2), do_mmap() */
export function* sys_mmap(
  k: Kernel,
  fd: number,
  offset: number,
  length: number,
): MightSleep<number> {
  if (offset % PAGE_SIZE !== 0) return -Errno.EINVAL;
  return yield* with_file(k, fd, function* (file) {
    if (length === 0) return -Errno.EINVAL;
    if (!file.mode.read || !file.mode.write) return -Errno.EACCES;
    return file.ops.mmap ? yield* file.ops.mmap(k, file, offset, length) : -Errno.ENODEV;
  });
}

/** @returns the text of a link, or -errno. Source: readlink(2) */
export function readlink(k: Kernel, path: string): string | number {
  const node = lookup(k, path, false);
  if (typeof node === 'number') return node;
  return node.kind === 'link' ? link_text(node) : -Errno.EINVAL;
}

/** The entries of a directory, by name, or -errno. Source: getdents(2) */
export function list_dir(k: Kernel, path: string): KernfsNode[] | number {
  const node = lookup(k, path);
  if (typeof node === 'number') return node;
  return node.kind === 'dir' ? entries_of(node) : -Errno.ENOTDIR;
}

/** What is in a directory, sorted by name. */
export function entries_of(dir: KernfsNode): KernfsNode[] {
  const entries = [...dir.children.values()].filter((node) => !node.removed);
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
