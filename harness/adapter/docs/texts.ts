/** One sentence about each method and kind of event; typed by the protocol, so that none is forgotten. */
import type { EventKind, Method } from '../protocol.js';

export const METHOD_TEXTS: Readonly<Record<Method, string>> = {
  hello:
    'The implementation introduces itself. `profile` asks for a profile; who answers with another one, or with an error, does not have it. Comes first, and again when another profile is wanted: what was said before is forgotten.',
  reset: 'A fresh machine: nothing is loaded, nothing is open, no module parameter is remembered.',
  insmod: 'Loads a module; `params` is what stands on the command line of insmod: `count=8`.',
  rmmod: 'Unloads a module, as with `O_NONBLOCK`: refused while it is in use.',
  write: 'Opens a file for writing, writes once, closes it.',
  read: 'Reads a file to its end.',
  readlink: 'Reads the text of a link.',
  list: 'Lists a directory.',
  tree: 'Lists what is below a directory, so many levels deep, one at least: depth first, by name. What isn’t there has no entries.',
  open: 'Opens a file; without `flags` for reading and writing. Descriptors count from 10 and are never used again.',
  close: 'Closes a descriptor.',
  fdwrite: 'Writes to a descriptor.',
  ioctl:
    'Makes a request by its name, `VFIO_GROUP_GET_STATUS`, or by its number, `0x3b67`. `arg` is a number, another descriptor, a text, or the bytes of a structure; it comes back if the bytes were changed.',
  pread: 'Reads bytes at an offset.',
  pwrite: 'Writes bytes at an offset.',
  mmap: 'Maps a region into memory, and unmaps it.',
  start:
    'Makes a call as another task. Comes back when that task has ended, or can not go on by itself.',
  task: 'Tells how a task is doing. One that was killed has no result.',
  join: 'Waits for a task; the answer is that of its call.',
  kill: 'Sends a signal. SIGTERM interrupts the system call and leaves the task; SIGKILL ends it.',
  advance: 'Lets time pass: a virtual clock jumps, a real one sleeps.',
  kconfig:
    'Resolves Kconfig symbols as `make olddefconfig` does. Without a `profile`, and before anything is loaded, the machine is built with them and boots.',
  fault: 'Makes an internal step fail with an error, so many times.',
  hold: 'Takes a reference to an object.',
  drop: 'Gives a reference back that was taken with `hold`.',
  bye: 'The last call: then the implementation ends.',
};

/** What a method is offered behind; the others belong to every implementation that has the files. */
export const METHOD_NEEDS: Readonly<Partial<Record<Method, string>>> = {
  insmod: 'modules',
  rmmod: 'modules',
  start: 'tasks',
  task: 'tasks',
  join: 'tasks',
  kill: 'signals',
  advance: 'time',
  kconfig: 'kconfig',
  fault: 'faults',
  hold: 'references',
  drop: 'references',
};

export const EVENT_TEXTS: Readonly<Record<EventKind, string>> = {
  uevent:
    'A uevent. `env` has all variables but ACTION, DEVPATH and SEQNUM, and neither MAJOR nor MINOR.',
  log: 'A line of the kernel log, with its level. Numbers of devices in it are written `<major>`, process ids `<pid>`.',
  call: 'A trace point: a function of the core, by its name in the kernel, was called.',
  return: 'That function returns; one that returns nothing has no `ret`.',
  callback: 'The core calls into a vendor driver.',
  'callback-return': 'The driver returns.',
  sysfs:
    'A directory of a kobject, or a link, appeared (`+`) or went away (`-`). A device’s numbers are written `/sys/dev/char/<major>:<minor>`.',
};
