/**
 * The query cache and what keeps it true: a commit names the topics it touched, and every query made of one of them is
 * fetched again. Nothing is fetched on a timer or because the window got the focus.
 */
import { QueryClient } from '@tanstack/react-query';
import { type ChangedEvent, type Host, PROVIDES, type Topic, type Unlisten } from '../host';
import type { FaultError } from './fault';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: FaultError;
  }
}

export function newCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the host answered stays true until it says otherwise; a refusal does not change by asking twice.
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: { retry: false },
    },
  });
}

/** Lets the host's changes reach the cache. */
export function followChanges(host: Host, cache: QueryClient): Unlisten {
  return host.onChanged((change) => applyChange(cache, change));
}

/** Fetches what the change touched; when changes were lost, everything counts as touched. */
export function applyChange(cache: QueryClient, change: ChangedEvent): void {
  const touched = new Set(change.topics);
  void cache.invalidateQueries(
    change.lagged ? {} : { predicate: ({ queryKey }) => topicsOf(queryKey[0]).some((topic) => touched.has(topic)) },
  );
}

/** The first part of every query key is the name of the command that answers it. */
function topicsOf(command: unknown): readonly Topic[] {
  return typeof command === 'string' && command in PROVIDES ? (PROVIDES[command] ?? []) : [];
}
