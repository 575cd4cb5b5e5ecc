/** The calls of a program: what each asks of the kernel, and what its return value means as an answer. */
import type { Answer, IoctlArg, Method, Params, TreeEntry } from '../harness/adapter/protocol.js';
import { Errno, MAX_ERRNO } from './kernel/errno.js';
import { set_fault } from './kernel/fault-inject.js';
import type { IoctlArgument } from './kernel/file.js';
import type { Kernel } from './kernel/kernel.js';
import type { KernfsNode } from './kernel/kernfs.js';
import { delete_module, load_module } from './kernel/loader.js';
import { link_text } from './kernel/namei.js';
import type { MightSleep } from './kernel/scheduler.js';
import {
  list_dir,
  read_file,
  readlink,
  sys_close,
  sys_ioctl,
  sys_mmap,
  sys_open,
  sys_pread,
  sys_pwrite,
  sys_write,
  write_file,
} from './kernel/syscalls.js';
import { UserMemory } from './kernel/user-memory.js';
import { drop, hold } from './references.js';
import { kvmRequestNumber } from './kvm/uapi.js';
import { vfioRequestNumber } from './vfio/uapi.js';

/** A call that makes no sense, as opposed to one that the kernel refuses. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument';
}

/** A name for each errno; those without a name in user space are called by the kernel's, or by number. */
const ERRNO_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(Errno).map(([name, value]) => [value, name]),
);

/** The answer for a return value; beyond MAX_ERRNO it is a value to user space, however negative. */
export function answer(ret: number): Answer {
  if (ret >= 0 || ret < -MAX_ERRNO) return { ret };
  return { errno: ERRNO_NAMES.get(-ret) ?? `E${-ret}` };
}

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytes_of = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const hex_of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The buffer of the program that makes the calls: it holds no more, and what isn't filled is zero. */
const PROGRAM_BUFFER = 256;

function buffer(content: Uint8Array): IoctlArgument {
  const bytes = new Uint8Array(PROGRAM_BUFFER);
  bytes.set(content.subarray(0, PROGRAM_BUFFER));
  return { value: 0, memory: new UserMemory(bytes) };
}

function ioctl_argument(arg: IoctlArg | undefined): IoctlArgument {
  if (arg === undefined || typeof arg === 'number') {
    return { value: arg ?? 0, memory: new UserMemory(null) };
  }
  if (typeof arg === 'string') {
    return { value: 0, memory: new UserMemory(bytes_of(`${arg}\0`)) };
  }
  if ('hex' in arg) return buffer(Buffer.from(arg.hex, 'hex'));
  const fd = new Uint8Array(4);
  new DataView(fd.buffer).setInt32(0, arg.fd, true);
  return buffer(fd);
}

/** A request by its name, or as a number in hex. */
function request_number(request: string): number {
  const number =
    vfioRequestNumber(request) ??
    kvmRequestNumber(request) ??
    (/^0x[0-9a-f]{1,8}$/.test(request) ? Number(request) : undefined);
  if (number === undefined) throw new BadArgument(`unknown ioctl request "${request}"`);
  return number;
}

/** An error by its name. */
function error_number(name: string): number {
  const number = new Map<string, number>(Object.entries(Errno)).get(name);
  if (number === undefined) throw new BadArgument(`unknown errno "${name}"`);
  return number;
}

/** Device numbers differ from machine to machine. */
function normalised(path: string, data: string): string {
  return path.endsWith('/dev')
    ? data.replace(/^\d+:\d+/, '<major>:<minor>')
    : data.replace(
        /^(MAJOR|MINOR)=\d+$/gm,
        (_line, name: string) => `${name}=<${name.toLowerCase()}>`,
      );
}

const KIND_BITS = { dir: 0o040000, file: 0o100000, link: 0o120000, device: 0o020000 } as const;
const SUFFIX = { dir: '/', file: '', link: '@', device: '' } as const;

/** The most of a file that `tree` shows. */
const TREE_DATA = 4096;

function* tree_entry(k: Kernel, path: string, node: KernfsNode): MightSleep<TreeEntry> {
  const mode = (KIND_BITS[node.kind] | node.mode).toString(8);
  if (node.kind === 'link') return { path, mode, link: link_text(node) };
  if (node.kind !== 'file' || !(node.mode & 0o444)) return { path, mode };
  const content = yield* read_file(k, path);
  if (typeof content === 'number') return { path, mode, ...answer(content) };
  return { path, mode, data: normalised(path, utf8(content.subarray(0, TREE_DATA))) };
}

function* tree(k: Kernel, path: string, depth: number): MightSleep<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const dir = list_dir(k, path);
  if (typeof dir === 'number') return entries;
  for (const node of dir) {
    const at = `${path}/${node.name}`;
    entries.push(yield* tree_entry(k, at, node));
    if (node.kind === 'dir' && depth > 1) entries.push(...(yield* tree(k, at, depth - 1)));
  }
  return entries;
}

/** The methods that a task makes, as opposed to those that speak of tasks and machines. */
export type SystemCall = Exclude<
  Method,
  'hello' | 'reset' | 'kconfig' | 'start' | 'task' | 'join' | 'kill' | 'advance' | 'bye'
>;
type Handlers = {
  readonly [M in SystemCall]: (k: Kernel, params: Params<M>) => MightSleep<Answer>;
};

const OPEN_MODES = {
  O_RDONLY: { read: true, write: false },
  O_WRONLY: { read: false, write: true },
  O_RDWR: { read: true, write: true },
} as const;

export const system_calls: Handlers = {
  *insmod(k, { module, params }) {
    const definition = k.profile.modules.find((each) => each.name === module);
    return answer(yield* load_module(k, definition, params ?? ''));
  },
  *rmmod(k, { module }) {
    return answer(yield* delete_module(k, module));
  },
  *write(k, { path, data }) {
    return answer(yield* write_file(k, path, bytes_of(data)));
  },
  *read(k, { path }) {
    const content = yield* read_file(k, path);
    return typeof content === 'number'
      ? answer(content)
      : { ret: content.length, data: utf8(content) };
  },
  *readlink(k, { path }) {
    const text = readlink(k, path);
    return typeof text === 'number' ? answer(text) : { ret: 0, data: text };
  },
  *list(k, { path }) {
    const dir = list_dir(k, path);
    if (typeof dir === 'number') return answer(dir);
    return { ret: 0, names: dir.map((node) => node.name + SUFFIX[node.kind]) };
  },
  *tree(k, { path, depth }) {
    return { ret: 0, entries: yield* tree(k, path, depth) };
  },
  *open(k, { path, flags }) {
    return answer(yield* sys_open(k, path, OPEN_MODES[flags ?? 'O_RDWR']));
  },
  *close(k, { fd }) {
    return answer(yield* sys_close(k, fd));
  },
  *fdwrite(k, { fd, data }) {
    return answer(yield* sys_write(k, fd, bytes_of(data)));
  },
  *ioctl(k, { fd, request, arg }) {
    const given = ioctl_argument(arg);
    const ret = yield* sys_ioctl(k, fd, request_number(request), given);
    if (ret < 0 || typeof arg !== 'object' || !('hex' in arg)) return answer(ret);
    const hex = hex_of(given.memory.bytes!.subarray(0, arg.hex.length / 2));
    return hex === arg.hex ? { ret } : { ret, arg: { hex } };
  },
  *pread(k, { fd, offset, count }) {
    const content = yield* sys_pread(k, fd, Math.min(count, PROGRAM_BUFFER), offset);
    return typeof content === 'number'
      ? answer(content)
      : { ret: content.length, hex: hex_of(content) };
  },
  *pwrite(k, { fd, offset, hex }) {
    const data = Buffer.from(hex, 'hex').subarray(0, PROGRAM_BUFFER);
    return answer(yield* sys_pwrite(k, fd, data, offset));
  },
  *mmap(k, { fd, offset, length }) {
    return answer(yield* sys_mmap(k, fd, offset, length));
  },
  *fault(k, { point, errno, times }) {
    return answer(set_fault(k, point, -error_number(errno), times));
  },
  *hold(k, { object }) {
    return answer(hold(k, object));
  },
  *drop(k, { object }) {
    return answer(yield* drop(k, object));
  },
};
