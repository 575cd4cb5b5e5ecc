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

const PATIENCE_MS = 5000;

/** Waits until a process is gone. */
export async function ended(pid: number): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  while (isThere(pid)) {
    if (performance.now() > limit) throw new Error(`process ${pid} is still there`);
    await sleep(5);
  }
}
