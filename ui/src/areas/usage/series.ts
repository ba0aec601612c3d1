/** The days of a summary as a chart and a table draw them: credits or provider cost, stacked by operation. */
import { wordOf } from '../../data/status';
import type { UsageMeasure, UsagePoint } from '../../host';
import { formatDay } from '../../kit/format';
import type { BarPoint, BarSeries } from '../../kit/StackedBars';

/** In the order of the work, which is the order of the stack and of its colours. */
const OPERATIONS = [
  'clustering',
  'idea_generation',
  'content_generation',
  'image_prompt_extraction',
  'image_generation',
  'optimization',
];

export type Stack = { series: BarSeries[]; points: BarPoint[] };

/** Operations without any amount have no series; one that is not known here shares the last colour. */
export function stackOf(points: readonly UsagePoint[], measure: UsageMeasure): Stack {
  const found = new Set<string>();
  const drawn = points.map(({ day, byOperation }) => {
    const values: Record<string, number> = {};
    for (const part of byOperation) {
      const amount = Number(part[measure]);
      if (amount === 0) continue;
      values[part.operationType] = amount;
      found.add(part.operationType);
    }
    return { label: formatDay(day), values };
  });
  const known = OPERATIONS.filter((operation) => found.has(operation));
  const others = [...found].filter((operation) => !OPERATIONS.includes(operation));
  return {
    points: drawn,
    series: [...known, ...others].map((id) => ({
      id,
      name: wordOf('operationType', id),
      color: OPERATIONS.includes(id) ? OPERATIONS.indexOf(id) + 1 : OPERATIONS.length,
    })),
  };
}

/** The dearest point; null when nothing was used. */
export function dearestOf(points: readonly UsagePoint[], measure: UsageMeasure): UsagePoint | null {
  const first: UsagePoint | null = null;
  return points.reduce<UsagePoint | null>((most, point) => {
    const amount = Number(point.figures[measure]);
    return amount > Number(most?.figures[measure] ?? 0) ? point : most;
  }, first);
}
