/** Writing a file whole or not at all. */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Puts `text` into `file`, which is the old one until all of the new one is on the disk.
 * (The package write-file-atomic, in its synchronous form, takes a short write for a whole one: on a
 * full disk it puts half a file in place.) A link stays one, and permissions stay as they are.
 */
export function writeAtomically(name: string, text: string): void {
  const old = existsSync(name);
  const file = old ? realpathSync(name) : name;
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const fd = openSync(temporary, 'w');
    try {
      if (old) fchmodSync(fd, statSync(file).mode);
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
