/** AI work as pages see it: what it will cost, what is running, and what became of it. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AiFunctionView, Estimate, Fault, ListQuery, OperationRequest, OperationRow } from '../host';
import { useCommand } from './command';
import { faultOf } from './fault';
import { NO_FILTER } from './list';
import type { Scope } from './scope';

export type Priced = {
  /** Null until known, and when there is none. */
  estimate: Estimate | null;
  /** Why there is no price: nothing waits, no model, no price of the model. */
  fault: Fault | null;
};

const NO_REQUEST: OperationRequest = { function: 'auto_cluster', siteId: '', ids: [] };

/** The price of a request; asked for again whenever the data it depends on changes. Null asks nothing. */
export function useEstimate(request: OperationRequest | null): Priced {
  const query = useCommand('estimate', [request ?? NO_REQUEST], { enabled: request !== null });
  if (request === null) return { estimate: null, fault: null };
  const fault = query.error === null ? null : faultOf(query.error);
  return { estimate: fault === null ? (query.data ?? null) : null, fault };
}

/** Whether the same work is going on in the site already; its items would be asked for twice. */
export function useIsRunning({ function: fn, siteId }: OperationRequest): boolean {
  const filter = { ...NO_FILTER, siteId, kind: [fn], status: ['pending'] };
  const { data } = useCommand('operations', [{ filter, sort: null, cursor: null, limit: 1 }]);
  return data !== undefined && data.total > 0;
}

/** Operations of a site that a page shows: those running, and those that were seen running and have ended since. */
export type Watched = {
  operations: readonly OperationRow[];
  /** Also shows this one, which was just started and may end before it is seen running. */
  watch: (id: string) => void;
  dismiss: (id: string) => void;
};

/** Most lines of work a page shows at once; the rest stands among the AI tasks. */
const WATCHED_MAX = 20;

export function useWatched(siteId: string | null, functions: readonly AiFunctionView[]): Watched {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const query: ListQuery = useMemo(
    () => ({
      filter: { ...NO_FILTER, siteId, kind: [...functions] },
      sort: { column: 'createdAt', descending: true },
      cursor: null,
      limit: WATCHED_MAX,
    }),
    [siteId, functions],
  );
  const { data } = useCommand('operations', [query], { enabled: siteId !== null, keep: true });
  const rows = data?.rows;
  const watch = useCallback((id: string) => setSeen((ids) => new Set(ids).add(id)), []);
  const dismiss = useCallback((id: string) => setSeen((ids) => new Set([...ids].filter((other) => other !== id))), []);
  useEffect(() => {
    for (const { id, endedAt } of rows ?? []) if (endedAt === null) watch(id);
  }, [rows, watch]);
  const operations = useMemo(
    () => (rows ?? []).filter(({ id, siteId: of, endedAt }) => of === siteId && (endedAt === null || seen.has(id))),
    [rows, seen, siteId],
  );
  return { operations, watch, dismiss };
}

/** Most items of one sector that a button takes at once; a whole site has no such limit. */
const WAITING_MAX = 500;

/**
 * A request for everything that waits for a function where the window looks: a whole site, or one sector of it. Null
 * while that is not known, and when nothing waits in the sector.
 */
export function useWaiting(
  fn: AiFunctionView,
  list: 'keywords' | 'clusters',
  { site, sector }: Pick<Scope, 'site' | 'sector'>,
): OperationRequest | null {
  const siteId = site?.id ?? null;
  const sectorId = sector?.id ?? null;
  const filter = { ...NO_FILTER, siteId, sectorId, status: ['new'], isDisabled: false };
  const query: ListQuery = { filter, sort: null, cursor: null, limit: WAITING_MAX };
  const { data } = useCommand(list, [query], { enabled: siteId !== null && sectorId !== null });
  if (siteId === null) return null;
  if (sectorId === null) return { function: fn, siteId, ids: [] };
  const rows: readonly { id: string; isPassedOver?: boolean }[] = data?.rows ?? [];
  // What fitted nowhere is looked at again together with what was not looked at yet, and never alone.
  const ids = rows.some(({ isPassedOver }) => isPassedOver !== true) ? rows.map(({ id }) => id) : [];
  return ids.length === 0 ? null : { function: fn, siteId, ids };
}
