/** How a text model thinks before it answers, and when it costs less, in words. */
import i18next from 'i18next';
import type { ModelView } from '../../host';
import { formatCount } from '../../kit/format';

type Fact = { label: string; value: string };

export function thinkingFacts({ thinking, hours }: ModelView): Fact[] {
  const { t } = i18next;
  const tokens = thinking === null ? null : (JSON.parse(thinking) as { tokens: number }).tokens;
  const thinks = tokens === null ? [] : [{ label: t('models.detail.thinks'), value: thoughts(tokens) }];
  if (hours.length === 0) return thinks;
  const times = hours.map(({ from, until, percent }) => t('models.detail.cheaperAt', { from, until, percent }));
  return [...thinks, { label: t('models.detail.cheaper'), value: times.join(', ') }];
}

function thoughts(tokens: number): string {
  const { t } = i18next;
  return tokens === 0 ? t('models.detail.thinksNot') : t('models.detail.thinksUpTo', { tokens: formatCount(tokens) });
}
