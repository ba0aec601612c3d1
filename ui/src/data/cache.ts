/**
 * The query cache and what keeps it true: a commit names the topics it touched, and every query made of one of them is
 * fetched again. Nothing is fetched on a timer or because the window got the focus.
 */
import { type Query, QueryClient } from '@tanstack/react-query';
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
      // What the host answered stays true until it says otherwise; a refusal does not change by asking twice. The host
      // is this computer, so being offline stops nothing.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Lets the host's changes reach the cache, until the returned function is called. */
export function followChanges(host: Host, cache: QueryClient): Unlisten {
  const queries = cache.getQueryCache();
  // Queries that changed while they were being fetched. Starting them over at each change would starve a long list
  // during a run that commits ten times a second; they are fetched once more when the answer is there.
  const overtaken = new Set<string>();
  const refresh = (query: Query<unknown, FaultError>) => {
    if (query.state.fetchStatus === 'fetching') overtaken.add(query.queryHash);
    else void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
  };
  const stopQueries = queries.subscribe((event) => {
    if (event.type !== 'updated' || (event.action.type !== 'success' && event.action.type !== 'error')) return;
    if (overtaken.delete(event.query.queryHash)) {
      void cache.invalidateQueries({ queryKey: event.query.queryKey, exact: true });
    }
  });
  const stopChanges = host.onChanged((change) => {
    for (const query of queries.findAll()) if (isTouched(query.queryKey[0], change)) refresh(query);
  });
  return () => {
    stopQueries();
    stopChanges();
  };
}

/** The first part of every query key is the name of its command. When changes were lost, everything counts as touched. */
function isTouched(command: unknown, { topics, lagged }: ChangedEvent): boolean {
  return lagged || topicsOf(command).some((topic) => topics.includes(topic));
}

function topicsOf(command: unknown): readonly Topic[] {
  return typeof command === 'string' && command in PROVIDES ? (PROVIDES[command] ?? []) : [];
}
