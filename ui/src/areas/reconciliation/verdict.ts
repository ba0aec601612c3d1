/** A comparison in one sentence, and how bad it is. */
import i18next from 'i18next';
import type { Reconciliation } from '../../host';
import { formatCount, formatMoneyExact } from '../../kit/format';
import type { Tone } from '../../kit/tone';

export function verdictOf({
  sums,
  hasCost,
  unreadableCells,
  earlier,
}: Pick<Reconciliation, 'sums' | 'hasCost' | 'unreadableCells' | 'earlier'>): {
  tone: Tone;
  sentence: string;
} {
  const { t } = i18next;
  const { matched, differing, notCompared, difference, oursOnly, theirsOnly } = sums;
  if (matched === 0 && theirsOnly === 0 && unreadableCells > 0)
    return { tone: 'warning', sentence: t('reconciliation.verdict.unreadable') };
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
  const differs = parts.length > 0;
  if (notCompared > 0)
    parts.push(t('reconciliation.verdict.notCompared', { count: notCompared, amount: formatCount(notCompared) }));
  if (earlier > 0) parts.push(t('reconciliation.verdict.earlier', { count: earlier, amount: formatCount(earlier) }));
  if (unreadableCells > 0)
    parts.push(t('reconciliation.verdict.cells', { count: unreadableCells, amount: formatCount(unreadableCells) }));
  if (parts.length > 0) {
    const words = { parts: parts.join(', ') };
    const sentence = differs ? t('reconciliation.verdict.some', words) : t('reconciliation.verdict.open', words);
    return { tone: 'warning', sentence };
  }
  return {
    tone: 'success',
    sentence: t(hasCost ? 'reconciliation.verdict.all' : 'reconciliation.verdict.allUncosted'),
  };
}
