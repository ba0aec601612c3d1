/**
 * Amounts over time as stacked bars. A picture for those who see; the page offers the same numbers as a table. What draws
 * it is large, so it is fetched when the first chart is shown.
 */
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './StackedBars.module.css';

export type BarSeries = {
  id: string;
  name: string;
  /** Place of its colour among the colours of charts, from 1 to 6. */
  color: number;
};

export type BarPoint = {
  /** What stands below the bar. */
  label: string;
  /** Amount by series id. */
  values: Readonly<Record<string, number>>;
};

export type BarsProps = {
  /** What the picture shows, in a sentence. */
  summary: string;
  series: readonly BarSeries[];
  points: readonly BarPoint[];
  format: (amount: number) => string;
};

const Drawn = lazy(() => import('./StackedBarsDrawn'));

export function StackedBars(props: BarsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.chart}>
      <Suspense fallback={<Skeleton height="100%" role="status" aria-label={t('kit.loading')} />}>
        <Drawn {...props} />
      </Suspense>
    </div>
  );
}
