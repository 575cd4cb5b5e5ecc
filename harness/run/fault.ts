import type { Call } from '../adapter/protocol.js';
import { AdapterFault, HarnessError } from '../errors.js';
import type { Fault } from './types.js';

/** What an exception of the adapter says; one without a code is a bug of whoever threw it. */
export function faultOf(error: unknown, call?: Call, step?: number): Fault {
  const where = { ...(call && { call }), ...(step !== undefined && { step }) };
  if (error instanceof HarnessError) {
    const stderr = error instanceof AdapterFault ? error.stderr : undefined;
    return { code: error.code, message: error.message, ...where, ...(stderr && { stderr }) };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'E_ADAPTER_BUG', message, ...where, ...(stack !== undefined && { stack }) };
}
