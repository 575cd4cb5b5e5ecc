/** The machine that a kernel is booted in, as arguments of QEMU. */
import { join } from 'node:path';
import type { ReadyKernel } from '../../kernel/manifest.js';

export const QEMU = 'qemu-system-x86_64';

/** Quiet, quick, the same each time; and an oops ends the machine, so that it is noticed. */
const COMMAND_LINE = [
  'console=ttyS0 quiet loglevel=1',
  'nokaslr mitigations=off init_on_alloc=0 tsc=reliable no_timer_check random.trust_cpu=on',
  'cryptomgr.notests apparmor=0 audit=0 raid=noautodetect rcupdate.rcu_expedited=1',
  // Idle time is skipped: a watchdog would think that it was spent in the kernel.
  'nowatchdog sysctl.kernel.hung_task_timeout_secs=0',
  'panic=-1 oops=panic',
].join(' ');

const MEMORY_MB = 128;

/** The files of one machine. */
export const consoleFile = (folder: string): string => join(folder, 'console.log');
export const controlSocket = (folder: string): string => join(folder, 'control');

/**
 * One processor, emulated. Time runs with the instructions, 8 ns each, and not at all when the machine is
 * idle: the same calls take the same time, and waiting takes none.
 * @param folder of this machine, for its files
 * @param state the saved state that it begins with, instead of booting
 */
export function machineArgs(kernel: ReadyKernel, folder: string, state?: string): string[] {
  const machine =
    '-nodefaults -no-user-config -display none -no-reboot -accel tcg -cpu max -smp 1 -M pc';
  return [
    ...machine.split(' '),
    ...['-m', String(MEMORY_MB), '-icount', 'shift=3,sleep=off'],
    ...['-kernel', kernel.vmlinux, '-initrd', kernel.initramfs, '-append', COMMAND_LINE],
    ...['-serial', `file:${consoleFile(folder)}`],
    ...['-chardev', 'stdio,id=port,signal=off', '-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=port,name=agent'],
    ...['-qmp', `unix:${controlSocket(folder)},server=on,wait=off`],
    ...(state === undefined ? [] : ['-incoming', `exec:cat ${quoted(state)}`]),
  ];
}

/** A word for the shell. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
