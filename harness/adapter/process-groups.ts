/** Groups of processes that must not outlive this one, whatever ends it. */

const groups = new Set<number>();
/** What ends a process, unless it is handled. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A group that is gone already, or of which only zombies are left. */
const GONE: readonly (string | undefined)[] = ['ESRCH', 'EPERM'];

/** Kills every process of a group at once. */
export function killGroup(pid: number): void {
  groups.delete(pid);
  if (groups.size === 0) unwatch();
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code)) throw error;
  }
}

function killAll(): void {
  for (const pid of [...groups]) killGroup(pid);
}

/** What the signal would have done without us, once the groups are gone. */
function onSignal(signal: NodeJS.Signals): void {
  killAll();
  process.kill(process.pid, signal);
}

function watch(): void {
  process.on('exit', killAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatch(): void {
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/**
 * Starts the leader of a group, which is watched over until {@link killGroup}. From before it is there:
 * a signal that comes meanwhile is handled once its number is known.
 * @param start makes the process; it has no number if that failed
 */
export function guarded<P extends { pid?: number | undefined }>(start: () => P): P {
  if (groups.size === 0) watch();
  const process = start();
  if (process.pid !== undefined) groups.add(process.pid);
  else if (groups.size === 0) unwatch();
  return process;
}
