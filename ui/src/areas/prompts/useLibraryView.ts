/** Which prompt is open and for which site, kept in the address as `open` and `for`. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type LibraryView = {
  /** Null for the first of the list. */
  kind: string | null;
  /** Null for all sites. */
  siteId: string | null;
};

export function useLibraryView(): [LibraryView, (change: Partial<LibraryView>) => void] {
  const { open: kind = null, for: siteId = null } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<LibraryView>) => {
      const view = { kind, siteId, ...next };
      void navigate({
        to: '.',
        replace: true,
        search: (previous) => ({ ...previous, open: view.kind ?? undefined, for: view.siteId ?? undefined }),
      });
    },
    [navigate, kind, siteId],
  );
  return [{ kind, siteId }, change];
}
