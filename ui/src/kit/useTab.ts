/** Which tab of a page is open, kept in its address as `tab`. Filters and the open item belong to a tab and stay with it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The open tab, the first one at first, and its setter. */
export function useTab<Tab extends string>(tabs: readonly [Tab, ...Tab[]]): [Tab, (tab: Tab) => void] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const [first] = tabs;
  const change = useCallback(
    (tab: Tab) => void navigate({ to: '.', search: { tab: tab === first ? undefined : tab } }),
    [navigate, first],
  );
  return [tabs.find((tab) => tab === search.tab) ?? first, change];
}
