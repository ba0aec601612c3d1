/** Day by day: credits or provider cost, as a chart or as the same numbers in a table. */
import { SegmentedControl, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UsageMeasure, UsageSummary } from '../../host';
import { formatCredits, formatDay, formatMoney } from '../../kit/format';
import { StackedBars } from '../../kit/StackedBars';
import { DayTable } from './DayTable';
import { dearestOf, stackOf } from './series';
import classes from './usage.module.css';

type Shape = 'chart' | 'table';

export function DayPanel({ summary: { series, seriesStep, totals } }: { summary: UsageSummary }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<UsageMeasure>('credits');
  const [shape, setShape] = useState<Shape>('chart');
  const stack = useMemo(() => stackOf(series, measure), [series, measure]);
  const format = (amount: number) =>
    measure === 'credits' ? formatCredits(String(amount)) : formatMoney(amount.toFixed(9));
  const dearest = dearestOf(series, measure);
  const sentence = t(`usage.days.summary.${measure}`, {
    sum: format(Number(totals[measure])),
    from: formatDay(series[0]?.day ?? ''),
    until: formatDay(series.at(-1)?.day ?? ''),
  });
  const peak =
    dearest === null
      ? ''
      : t('usage.days.peak', { day: formatDay(dearest.day), amount: format(Number(dearest.figures[measure])) });
  return (
    <section className={classes.panel} aria-labelledby="days-title">
      <div className={classes.panelHead}>
        <Title order={2} id="days-title">
          {t(`usage.days.title.${seriesStep}`)}
        </Title>
        <div className={classes.filters}>
          <SegmentedControl
            aria-label={t('usage.days.measure')}
            data={(['credits', 'cost'] as const).map((value) => ({ value, label: t(`usage.days.measures.${value}`) }))}
            value={measure}
            onChange={(value) => setMeasure(value as UsageMeasure)}
          />
          <SegmentedControl
            aria-label={t('usage.days.shape')}
            data={(['chart', 'table'] as const).map((value) => ({ value, label: t(`usage.days.shapes.${value}`) }))}
            value={shape}
            onChange={(value) => setShape(value as Shape)}
          />
        </div>
      </div>
      {shape === 'table' ? (
        <DayTable points={series} stack={stack} measure={measure} format={format} />
      ) : dearest === null ? (
        <p className={classes.none}>{t('usage.days.none')}</p>
      ) : (
        <StackedBars summary={`${sentence} ${peak}`} series={stack.series} points={stack.points} format={format} />
      )}
    </section>
  );
}
