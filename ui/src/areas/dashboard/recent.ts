/** The last few operations and notices of a site. */
import { useMemo } from 'react';
import { useCommand } from '../../data/command';
import { NO_FILTER } from '../../data/list';
import type { ListQuery } from '../../host';

/** As many as can be taken in at a glance; the rest stands on their own pages. */
const RECENT_ROWS = 5;

export function useRecentOperations(siteId: string) {
  return useCommand('operations', [useRecentQuery(siteId)]);
}

export function useRecentNotices(siteId: string) {
  return useCommand('notifications', [useRecentQuery(siteId)]);
}

function useRecentQuery(siteId: string): ListQuery {
  return useMemo(() => ({ filter: { ...NO_FILTER, siteId }, sort: null, cursor: null, limit: RECENT_ROWS }), [siteId]);
}
