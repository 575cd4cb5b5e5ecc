import { spawnSync } from 'node:child_process';

/** Whether there is a program of this name here: asks it for its version. */
export function installed(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
