/** The drawing behind `StackedBars`. */
import { BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import type { BarsProps } from './StackedBars';

/** Widest bar, pixels; a few days must not look like walls. */
const BAR_WIDTH_MAX = 28;
/** Room for amounts beside the bars, pixels. */
const AXIS_WIDTH = 56;
/** Room above the highest line, pixels, for half of its figure. */
const HEAD_ROOM = 8;
const LABEL = 'label';

export default function StackedBarsDrawn({ summary, series, points, format }: BarsProps) {
  const data = useMemo(() => points.map(({ label, values }) => ({ [LABEL]: label, ...values })), [points]);
  const drawn = useMemo(
    () => series.map(({ id, name, color }) => ({ name: id, label: name, color: `var(--color-series-${color})` })),
    [series],
  );
  return (
    // Its parts have no names of their own: read aloud, the picture is its sentence.
    <div role="img" aria-label={summary} style={{ height: '100%' }}>
      <BarChart
        h="100%"
        type="stacked"
        data={data}
        dataKey={LABEL}
        series={drawn}
        valueFormatter={format}
        maxBarWidth={BAR_WIDTH_MAX}
        withLegend
        legendProps={{ verticalAlign: 'bottom', height: 40, itemSorter: null }}
        barChartProps={{ margin: { top: HEAD_ROOM } }}
        gridColor="var(--color-line)"
        textColor="var(--color-text-muted)"
        strokeDasharray="0"
        tickLine="none"
        accessibilityLayer={false}
        yAxisProps={{ width: AXIS_WIDTH }}
        xAxisProps={{ minTickGap: 24 }}
        aria-hidden
      />
    </div>
  );
}
