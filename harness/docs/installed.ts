/** The programs that examples start, which not every machine has. */
import { spawnSync } from 'node:child_process';
import { programOf } from './examples.js';

/** Whether there is a program of this name here: asks it for its version. */
export function installed(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The program that a command starts and that isn't here; undefined: the command can be run. */
export function lacking(command: string): string | undefined {
  const program = programOf(command);
  return program !== undefined && !installed(program) ? program : undefined;
}
