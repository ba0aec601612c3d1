/**
 * A paged command as the source of a list: pages by keyset cursor, the former rows while a new view is on its way, and
 * the filters that the data itself offers.
 */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Commands, ListFilter, ListName, ListQuery, Result, Selection as RowChoice } from '../host';
import type { Filter, ListSource, ListView, Selection } from '../kit/table/types';
import { call, useCommand } from './command';
import { type FaultError, unwrap } from './fault';
import { useHost } from './host';
import { problemOf } from './problems';
import type { Scope } from './scope';

/** Rows asked for at once: enough for several screens, and about ten milliseconds on the way. */
const PAGE_ROWS = 200;

type Page<Row> = { rows: Row[]; nextCursor: string | null; total: number };

/** Commands that answer a `ListQuery` with a page. */
export type ListCommand = {
  [Name in keyof Commands]: Commands[Name] extends (query: ListQuery) => Promise<Result<infer Answer>>
    ? Answer extends Page<unknown>
      ? Name
      : never
    : never;
}[keyof Commands];

export type RowOf<Name extends ListCommand> =
  Awaited<ReturnType<Commands[Name]>> extends infer Outcome
    ? Outcome extends { status: 'ok'; data: Page<infer Row> }
      ? Row
      : never
    : never;

/** The rows of a list command under a filter and a view. `enabled` waits for a site, for lists that need one. */
export function useList<Name extends ListCommand>(
  name: Name,
  filter: ListFilter,
  sort: ListView['sort'],
  enabled = true,
): ListSource<RowOf<Name>> {
  const host = useHost();
  const query = useInfiniteQuery({
    queryKey: [name, filter, sort],
    queryFn: async ({ pageParam }) => {
      const request: ListQuery = { filter, sort, cursor: pageParam, limit: PAGE_ROWS };
      const result = await call(host.commands, name, [request] as Parameters<Commands[Name]>);
      return unwrap(result as Result<unknown>) as Page<RowOf<Name>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    enabled,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { fetchNextPage, isFetchingNextPage, refetch } = query;
  return {
    rows,
    total: query.data?.pages.at(-1)?.total ?? null,
    phase: phaseOf(query),
    refreshing: query.isFetching && !isFetchingNextPage && !query.isLoading,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (!isFetchingNextPage) void fetchNextPage();
    },
    problem: problemOf(query.error),
    retry: () => void refetch(),
  };
}

/** Fields of `ListFilter` that take several words; the window offers one at a time. */
const WORD_FIELDS = [
  'status',
  'intent',
  'delivery',
  'country',
  'contentType',
  'contentStructure',
  'kind',
] as const satisfies readonly (keyof ListFilter)[];

/** A filter that leaves everything. */
export const NO_FILTER: ListFilter = {
  siteId: null,
  sectorId: null,
  clusterId: null,
  volumeMin: null,
  volumeMax: null,
  difficultyMin: null,
  difficultyMax: null,
  isDisabled: null,
  search: null,
};

/** What a page's site, sector and view mean to the host. */
export function listFilter(
  { site, sector }: Pick<Scope, 'site' | 'sector'>,
  { filters, search }: ListView,
): ListFilter {
  const words = WORD_FIELDS.map((field) => [field, filters[field] === undefined ? [] : [filters[field]]]);
  return {
    ...NO_FILTER,
    ...(Object.fromEntries(words) as Pick<ListFilter, (typeof WORD_FIELDS)[number]>),
    siteId: site?.id ?? null,
    sectorId: sector?.id ?? filters.sectorId ?? null,
    clusterId: filters.clusterId ?? null,
    search: search === '' ? null : search,
  };
}

/** What the rows chosen in a table mean to the host, under the filter they were chosen in. */
export function rowChoice(selection: Selection, filter: ListFilter): RowChoice {
  return selection.all
    ? { kind: 'matching', filter, except: [...selection.except] }
    : { kind: 'ids', ids: [...selection.ids] };
}

/** How a filter is called on screen, and its values where the data only has words for them. */
export type FilterWords = {
  field: string;
  label: string;
  allLabel: string;
  valueLabel?: (value: string) => string;
};

/** The filters of a list in the page's order, each with the values that the other filters leave. */
export function useFilters(
  list: ListName,
  filter: ListFilter,
  words: readonly FilterWords[],
  enabled = true,
): readonly Filter[] {
  const { data: facets } = useCommand('facets', [list, filter], { keep: true, enabled });
  return useMemo(
    () =>
      words.map(({ field, label, allLabel, valueLabel }) => ({
        id: field,
        label,
        allLabel,
        options: (facets?.find((facet) => facet.field === field)?.values ?? []).map(({ value, label, count }) => ({
          value,
          label: label === '' ? (valueLabel?.(value) ?? value) : label,
          count,
        })),
      })),
    [facets, words],
  );
}

function phaseOf(query: { data: unknown; error: FaultError | null }): ListSource<never>['phase'] {
  if (query.data !== undefined) return 'ready';
  return query.error === null ? 'loading' : 'failed';
}
