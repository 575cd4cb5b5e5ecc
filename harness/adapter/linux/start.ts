/** How a machine gets to where cases begin: booted, with every probe armed. */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { AdapterFault } from '../../errors.js';
import type { ReadyKernel } from '../../kernel/manifest.js';
import type { Machine } from './machine.js';
import { GROUP, PROBES } from './probes.js';
import { machineArgs } from './qemu.js';

/** The most that booting may take, on a machine that has a lot to do. */
const BOOT_MS = 120_000;
const CALL_MS = 30_000;

const TRACING = '/sys/kernel/tracing';

/** In this order; what may fail is a probe of a function that this kernel has inlined. */
const SETTINGS: readonly (readonly [file: string, data: string, mayFail?: true])[] = [
  ['trace_clock', 'mono'],
  ['buffer_size_kb', '8192'],
  ...PROBES.map((probe) => ['dynamic_events', `${probe}\n`, true] as const),
  [`events/${GROUP}/enable`, '1'],
  ['events/printk/console/enable', '1'],
];

/**
 * Waits until a machine has booted, and arms the probes.
 * @returns the release of its kernel
 * @throws AdapterFault `E_ADAPTER_…`
 */
export async function startUp(machine: Machine): Promise<string> {
  const { result } = await machine.call('hello', { protocol: 1 }, BOOT_MS);
  for (const [file, data, mayFail] of SETTINGS) {
    const path = `${TRACING}/${file}`;
    const { result: wrote, error } = await machine.call('write', { path, data }, CALL_MS);
    if (wrote?.errno === undefined && !error) continue;
    if (mayFail) continue;
    const why = wrote?.errno ?? error?.message ?? 'nothing';
    throw new AdapterFault('E_ADAPTER_START', `the guest's ${path} answers ${why}`);
  }
  // The records of all this are nobody's.
  await machine.call('hello', { protocol: 1 }, CALL_MS);
  return (result as unknown as { version: string }).version;
}

/** Wakes a machine that begins with a saved state. @throws AdapterFault `E_ADAPTER_…` */
export async function wakeUp(machine: Machine): Promise<void> {
  await machine.call('hello', { protocol: 1 }, CALL_MS);
}

/** Where the state of a started machine is kept: beside the kernel, by all that it depends on. */
export function stateFile(kernel: ReadyKernel): string {
  const parts = JSON.stringify([machineArgs(kernel, ''), SETTINGS]);
  const digest = createHash('sha256').update(parts).digest('hex').slice(0, 16);
  return join(dirname(kernel.vmlinux), `state-${digest}`);
}
