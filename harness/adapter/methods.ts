import type { Method } from './protocol.js';

/** The methods of protocol 1, for those who need their names and not their schemas. */
export const METHODS: Readonly<Record<Method, true>> = {
  hello: true,
  reset: true,
  insmod: true,
  rmmod: true,
  write: true,
  read: true,
  readlink: true,
  list: true,
  tree: true,
  open: true,
  close: true,
  fdwrite: true,
  ioctl: true,
  pread: true,
  pwrite: true,
  mmap: true,
  start: true,
  task: true,
  join: true,
  kill: true,
  advance: true,
  bye: true,
};
