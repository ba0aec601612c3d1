/** Limits on spending as rows: those of the data, and the sites that have none yet. */
import type { LimitScope, SiteView, Spending, SpendingLimit } from '../../host';

export type LimitRow = SpendingLimit & {
  /** Identity among the rows. */
  id: string;
};

/** Month and day, then every site by its place among the sites; a site that is gone keeps no row. */
export function limitRows({ limits }: Spending, sites: readonly SiteView[]): LimitRow[] {
  const of = (scope: LimitScope, siteId: string | null, siteName: string | null): SpendingLimit =>
    limits.find((limit) => limit.scope === scope && limit.siteId === siteId) ?? {
      scope,
      siteId,
      siteName,
      wanted: null,
      used: '0',
      held: '0',
    };
  return [
    { ...of('month', null, null), id: 'month' },
    { ...of('day', null, null), id: 'day' },
    ...sites.map(({ id, name }) => ({ ...of('site', id, name), id: `site-${id}` })),
  ];
}

export type Fill = {
  /** Percent of the bar, 0–100; together at most 100. */
  used: number;
  held: number;
  tone: 'accent' | 'warning' | 'danger';
};

/** From here on, in percent, a limit is nearly reached. */
const NEAR = 80;

/** How full a limit is; of a limit of nothing, which is one as well, all is taken. */
export function fillOf({ wanted, used, held }: Pick<SpendingLimit, 'wanted' | 'used' | 'held'>): Fill | null {
  if (wanted === null) return null;
  const whole = Number(wanted);
  const part = (amount: string) => (whole === 0 ? 100 : (100 * Number(amount)) / whole);
  const usedPart = Math.min(100, part(used));
  const heldPart = Math.min(100 - usedPart, whole === 0 ? 0 : part(held));
  const taken = usedPart + heldPart;
  return { used: usedPart, held: heldPart, tone: taken >= 100 ? 'danger' : taken >= NEAR ? 'warning' : 'accent' };
}
