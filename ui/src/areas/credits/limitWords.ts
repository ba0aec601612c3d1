/** A limit in words. */
import i18next from 'i18next';
import { formatCredits } from '../../kit/format';
import type { LimitRow } from './limits';

/** "Each month, all sites", or the site's name. */
export function limitName({ scope, siteName }: Pick<LimitRow, 'scope' | 'siteName'>): string {
  return scope === 'site' ? (siteName ?? '') : i18next.t(`credits.limits.scope.${scope}`);
}

/** "31 used, 4 held this month". */
export function limitWords({ scope, used, held }: Pick<LimitRow, 'scope' | 'used' | 'held'>): string {
  const { t } = i18next;
  const values = { used: formatCredits(used), held: formatCredits(held) };
  const when = scope === 'day' ? 'day' : 'month';
  return t(Number(held) === 0 ? `credits.limits.used.${when}` : `credits.limits.usedHeld.${when}`, values);
}
