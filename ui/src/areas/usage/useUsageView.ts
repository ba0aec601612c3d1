/** Which time span and which site the usage page looks at, kept in its address as `period` and `for`. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { UsagePeriod } from '../../host';

export const PERIODS = ['month', 'last_30_days', 'last_90_days', 'all'] as const satisfies readonly UsagePeriod[];

export type UsageView = {
  period: UsagePeriod;
  /** Null for all sites. */
  siteId: string | null;
};

/** The view and its setter; a change replaces the address, so that Back leaves the page. */
export function useUsageView(): [UsageView, (change: Partial<UsageView>) => void] {
  const { period: asked, for: siteId = null } = useSearch({ strict: false });
  const navigate = useNavigate();
  const period = PERIODS.find((each) => each === asked) ?? 'last_30_days';
  const change = useCallback(
    (next: Partial<UsageView>) => {
      const view = { period, siteId, ...next };
      void navigate({
        to: '.',
        replace: true,
        search: (previous) => ({ ...previous, period: view.period, for: view.siteId ?? undefined }),
      });
    },
    [navigate, period, siteId],
  );
  return [{ period, siteId }, change];
}
