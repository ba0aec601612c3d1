/** The row of a list whose details are open. A link may lead to a row that is not loaded yet; then more is loaded. */
import { useEffect, useRef } from 'react';
import { useOpen } from '../useOpen';
import type { ListSource } from './types';

export function useOpenRow<Row extends { id: string }>(
  source: ListSource<Row>,
): [Row | null, (id: string | null) => void] {
  const [open, setOpen] = useOpen();
  const row = open === null ? null : (source.rows.find(({ id }) => id === open) ?? null);
  const isWanted = open !== null && row === null && source.hasMore && !source.refreshing;
  const loaded = source.rows.length;
  const loadMore = useRef(source.loadMore);
  loadMore.current = source.loadMore;
  useEffect(() => {
    // Once for each page that came: one that fails is not asked for over and over.
    if (isWanted && loaded > 0) loadMore.current();
  }, [isWanted, loaded]);
  return [row, setOpen];
}
