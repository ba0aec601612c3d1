/** A comparison in one sentence, and how bad it is. */
import i18next from 'i18next';
import type { Reconciliation } from '../../host';
import { formatCount, formatMoneyExact } from '../../kit/format';
import type { Tone } from '../../kit/tone';

export function verdictOf({ sums, hasCost }: Pick<Reconciliation, 'sums' | 'hasCost'>): {
  tone: Tone;
  sentence: string;
} {
  const { t } = i18next;
  const { matched, differing, difference, oursOnly, theirsOnly } = sums;
  if (matched === 0 && oursOnly === 0 && theirsOnly === 0)
    return { tone: 'neutral', sentence: t('reconciliation.verdict.nothing') };
  if (matched === 0) return { tone: 'danger', sentence: t('reconciliation.verdict.stranger') };
  const parts: string[] = [];
  if (differing > 0)
    parts.push(
      t('reconciliation.verdict.differing', {
        count: differing,
        amount: formatCount(differing),
        money: formatMoneyExact(difference),
      }),
    );
  if (oursOnly > 0) parts.push(t('reconciliation.verdict.ours', { count: oursOnly, amount: formatCount(oursOnly) }));
  if (theirsOnly > 0)
    parts.push(t('reconciliation.verdict.theirs', { count: theirsOnly, amount: formatCount(theirsOnly) }));
  if (parts.length > 0)
    return { tone: 'warning', sentence: t('reconciliation.verdict.some', { parts: parts.join(', ') }) };
  return {
    tone: 'success',
    sentence: t(hasCost ? 'reconciliation.verdict.all' : 'reconciliation.verdict.allUncosted'),
  };
}
