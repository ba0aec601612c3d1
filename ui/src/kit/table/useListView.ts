/** The view of a list, kept in the address of its page: search `q`, filters `f`, sort `sort` with `-` for descending. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import type { ListView, Sort } from './types';

/** Search parameters of a page with a list; give it to the page's route. */
export const listSearch = z.object({
  q: z.string().optional().catch(undefined),
  f: z.record(z.string(), z.string()).optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
});

/** The view and its setter; a change replaces the address, so that Back leaves the page and not the last filter. */
export function useListView(initialSort: Sort | null = null): [ListView, (view: ListView) => void] {
  const { q, f, sort } = useSearch({ strict: false });
  const navigate = useNavigate();
  const view = useMemo<ListView>(
    () => ({ search: q ?? '', filters: f ?? {}, sort: sort === undefined ? initialSort : parseSort(sort) }),
    [q, f, sort, initialSort],
  );
  const change = useCallback(
    ({ search, filters, sort }: ListView) =>
      void navigate({
        to: '.',
        replace: true,
        search: (previous) => ({
          ...previous,
          q: search === '' ? undefined : search,
          f: Object.keys(filters).length === 0 ? undefined : { ...filters },
          sort: sort === null ? undefined : printSort(sort),
        }),
      }),
    [navigate],
  );
  return [view, change];
}

function parseSort(text: string): Sort {
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

function printSort({ column, descending }: Sort): string {
  return descending ? `-${column}` : column;
}
