import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process is there, as /proc tells: a zombie isn't. */
function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until a process is gone; the test's own time limit is the limit. */
export async function ended(pid: number): Promise<void> {
  while (isThere(pid)) await sleep(5);
}
