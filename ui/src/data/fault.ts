/** A failed command as an error that carries its fault. */
import type { Fault, Result } from '../host';

export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.code);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

/** The data of a result; a failure is thrown as `FaultError`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.status === 'ok') return result.data;
  throw new FaultError(asFault(result.error));
}

/** The fault of anything thrown; what is not a fault is a bug of ours and says so. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return { code: 'Internal', detail: { incident: error instanceof Error ? error.message : String(error) } };
}

/** The shell refuses malformed arguments with a bare sentence instead of a fault. */
function asFault(error: Fault | string): Fault {
  return typeof error === 'string' ? { code: 'Internal', detail: { incident: error } } : error;
}
