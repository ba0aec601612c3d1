/** What stands out among usage records in memory: more than three times the average of the others of its kind. */
import type { AnomalyKind, UsageAnomaly, UsageMeasure } from '../contract';
import type { FakeUsage } from './data';
import { decimal } from './world';

const TIMES = 3;
/** An average of fewer others says nothing. */
const OTHERS_MIN = 4;
const MOST = 12;

type Measured = { key: string; label: string; value: number };

export function anomaliesOf(rows: readonly FakeUsage[], title: (contentId: string) => string): UsageAnomaly[] {
  const found = (['credits', 'cost'] as const).flatMap((measure) => [
    ...standingOut('article', measure, articles(rows, measure, title)),
    ...standingOut('day', measure, days(rows, measure)),
    ...operations(rows, measure),
  ]);
  return found.sort((a, b) => Number(b.times) - Number(a.times)).slice(0, MOST);
}

function standingOut(kind: AnomalyKind, measure: UsageMeasure, things: readonly Measured[]): UsageAnomaly[] {
  const all = things.reduce((sum, { value }) => sum + value, 0);
  return things.flatMap(({ key, label, value }) => {
    const average = things.length > OTHERS_MIN ? (all - value) / (things.length - 1) : 0;
    if (average <= 0 || value <= TIMES * average) return [];
    const times = (value / average).toFixed(1);
    return [{ kind, key, label, measure, value: decimal(value), average: decimal(average), times }];
  });
}

function articles(rows: readonly FakeUsage[], measure: UsageMeasure, title: (id: string) => string): Measured[] {
  return sums(rows, measure, ({ contentId }) => contentId).map((each) => ({ ...each, label: title(each.key) }));
}

function days(rows: readonly FakeUsage[], measure: UsageMeasure): Measured[] {
  return sums(rows, measure, ({ at }) => at.slice(0, 10));
}

/** Operations of one type are compared with each other, by what one of their units took. */
function operations(rows: readonly FakeUsage[], measure: UsageMeasure): UsageAnomaly[] {
  return [...new Set(rows.map(({ operationType }) => operationType))].flatMap((type) => {
    const own = rows.filter(({ operationType }) => operationType === type);
    const perUnit = sums(own, measure, ({ operationId }) => operationId).map(({ key, value }) => {
      const units = own.filter(({ operationId }) => operationId === key).length;
      return { key, label: type, value: value / units };
    });
    return standingOut('operation', measure, perUnit);
  });
}

function sums(rows: readonly FakeUsage[], measure: UsageMeasure, keyOf: (row: FakeUsage) => string | null): Measured[] {
  const found = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) found.set(key, (found.get(key) ?? 0) + row[measure]);
  }
  return [...found].map(([key, value]) => ({ key, label: '', value }));
}
