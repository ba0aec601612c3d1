/** Which site and sector the window looks at. Both stand in the address, so that a reload and Back keep them. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { SectorView, SiteView } from '../host';
import { useCommand } from './command';

export type Scope = {
  sites: readonly SiteView[];
  /** Null while there is none, or none is known yet. */
  site: SiteView | null;
  /** Null for all sectors. */
  sector: SectorView | null;
  isLoading: boolean;
  /** With `open`, the details of that item are opened in the same step, so that Back leads to where the user was. */
  chooseSite: (id: string, open?: string) => void;
  chooseSector: (id: string | null) => void;
};

const NO_SITES: readonly SiteView[] = [];

/** The first site is chosen until the user chooses; a sector that its site lost counts as all sectors. */
export function useScope(): Scope {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = useCommand('sites', []);
  const sites = query.data ?? NO_SITES;
  const site = sites.find(({ id }) => id === search.site) ?? sites[0] ?? null;
  const sector = site?.sectors.find(({ id }) => id === search.sector) ?? null;
  const chooseSite = useCallback(
    // Filters and sectors belong to the site they were chosen in.
    (id: string, open?: string) => void navigate({ to: '.', search: { site: id, open } }),
    [navigate],
  );
  const chooseSector = useCallback(
    (id: string | null) => void navigate({ to: '.', search: (previous) => ({ ...previous, sector: id ?? undefined }) }),
    [navigate],
  );
  return { sites, site, sector, isLoading: query.isPending, chooseSite, chooseSector };
}
