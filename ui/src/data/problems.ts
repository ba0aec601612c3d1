/** How failures reach the screen: `problemOf` for a page that could not load, `tell` for an act that did not work. */
import type { Problem } from '../kit/ErrorState';
import { toast } from '../kit/toasts';
import { faultOf } from './fault';
import { type FaultSeverity, wordsOf } from './faults';

/** A failure in words for `ErrorState`, or null when there is none. */
export function problemOf(error: unknown): Problem | null {
  if (error === null || error === undefined) return null;
  const { what, advice, details } = wordsOf(faultOf(error));
  return { what, advice, details };
}

/** Shows a failed act as a passing message; give it as `onError`. */
export function tell(error: unknown): void {
  const { severity, what, advice, details } = wordsOf(faultOf(error));
  const tone = TONES[severity];
  if (tone !== null) toast(tone, what, [advice, details].filter((part) => part !== undefined).join(' ') || undefined);
}

const TONES: Record<FaultSeverity, 'info' | 'warning' | 'danger' | null> = {
  silent: null,
  info: 'info',
  warning: 'warning',
  error: 'danger',
};
