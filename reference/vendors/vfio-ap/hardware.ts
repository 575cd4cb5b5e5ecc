/**
 * The crypto adapters of the machine. On real hardware they and their bus are there from the start;
 * here a module plugs them in, and its parameters say what there is.
 */
import { perKernel, type Kernel } from '../../kernel/kernel.js';
import type { ModuleDefinition } from '../../kernel/module.js';
import { module_of_steps } from '../../kernel/module-of-steps.js';

export interface ApHardware {
  /** the highest number of an adapter and of a domain. Source: struct ap_config_info, Na, Nd */
  readonly maxAdapter: number;
  readonly maxDomain: number;
  /** whether there is a queue, and the driver vfio_ap has it */
  has(adapter: number, domain: number): boolean;
  /** how long a queue that is reset takes until it is empty */
  readonly resetMs: number;
}

const state = perKernel<{ plugged: ApHardware | undefined }>(() => ({ plugged: undefined }));

/** What is plugged in, if anything. Source: ap_instructions_available() */
export const ap_hardware = (k: Kernel): ApHardware | undefined => state(k).plugged;

/** The name of a queue: adapter and domain in hex. Source: ap_queue_create(), drivers/s390/crypto/ap_queue.c */
const queue_name = (adapter: number, domain: number): string =>
  `${adapter.toString(16).padStart(2, '0')}.${domain.toString(16).padStart(4, '0')}`;

export const ap: ModuleDefinition = module_of_steps(
  {
    name: 'ap',
    license: 'GPL',
    imports: [],
    params: {
      queues: { type: 'charp', init: '', mode: 0o444 },
      max_adapter: { type: 'uint', init: 255, mode: 0o444 },
      max_domain: { type: 'uint', init: 255, mode: 0o444 },
      reset_ms: { type: 'uint', init: 0, mode: 0o444 },
    },
  },
  (_k, { params }): ApHardware => {
    const queues = new Set((params['queues'] as string).split(','));
    return {
      maxAdapter: params['max_adapter'] as number,
      maxDomain: params['max_domain'] as number,
      has: (adapter, domain) => queues.has(queue_name(adapter, domain)),
      resetMs: params['reset_ms'] as number,
    };
  },
  [
    {
      *make(k, hardware) {
        state(k).plugged = hardware;
        return 0;
      },
      *undo(k) {
        state(k).plugged = undefined;
      },
    },
  ],
);
