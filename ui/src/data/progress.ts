/** Live progress of operations. Reports may be lost, so this decorates what the rows say and never replaces it. */
import { useEffect, useState } from 'react';
import type { ProgressView } from '../host';
import { useHost } from './host';

export type LiveProgress = ProgressView & {
  /** Estimated time left in milliseconds, once there is something to go by. */
  leftMs: number | null;
};

/** The latest report of an operation, or null. */
export function useProgress(operationId: string | null): LiveProgress | null {
  const host = useHost();
  const [live, setLive] = useState<LiveProgress | null>(null);
  useEffect(() => {
    setLive(null);
    if (operationId === null) return;
    let first: { at: number; done: number } | null = null;
    return host.onProgress((report) => {
      if (report.operationId !== operationId) return;
      const at = performance.now();
      first ??= { at, done: report.done };
      setLive({ ...report, leftMs: timeLeft(at - first.at, report.done - first.done, report.total - report.done) });
    });
  }, [host, operationId]);
  return live;
}

/** The rest at the pace so far; nothing is said before one item was watched from start to end. */
export function timeLeft(watchedMs: number, watched: number, left: number): number | null {
  return watched > 0 ? (watchedMs / watched) * left : null;
}
