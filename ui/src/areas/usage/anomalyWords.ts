/** What stands out, in words: what it is, what it took, and how far that is from the others. */
import i18next from 'i18next';
import { wordOf } from '../../data/status';
import type { UsageAnomaly } from '../../host';
import { formatCredits, formatDay, formatMoney } from '../../kit/format';

/** One thing that stands out, by credits, by cost, or by both. */
export type Outlier = Pick<UsageAnomaly, 'kind' | 'key' | 'label'> & { measured: UsageAnomaly[] };

/** Joins what is said of the same thing; the order of the data stays. */
export function outliersOf(anomalies: readonly UsageAnomaly[]): Outlier[] {
  const found = new Map<string, Outlier>();
  for (const anomaly of anomalies) {
    const { kind, key, label } = anomaly;
    const known = found.get(`${kind} ${key}`);
    if (known === undefined) found.set(`${kind} ${key}`, { kind, key, label, measured: [anomaly] });
    else known.measured.push(anomaly);
  }
  return [...found.values()];
}

/** The thing itself, which is its link. */
export function outlierName({ kind, key, label }: Outlier): string {
  switch (kind) {
    case 'article':
      return label || i18next.t('usage.goneArticle', { id: key });
    case 'day':
      return formatDay(key);
    case 'operation':
      return wordOf('operationType', label);
  }
}

/** "81 credits, 3.4 times the average of the other days (24.05 credits)." */
export function anomalyWords({ kind, measure, value, average, times }: UsageAnomaly): string {
  const { t } = i18next;
  const amount = (text: string) =>
    measure === 'cost' ? formatMoney(text) : t('kit.credits', { count: Number(text), amount: formatCredits(text) });
  return t(`usage.anomaly.${kind}`, { value: amount(value), average: amount(average), times });
}
