/** One figure with its name: a card on overviews. `MetricStrip` is the quiet row of them above a list. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './MetricCard.module.css';

export type Metric = {
  label: string;
  value: ReactNode;
  /** How the figure is computed, on hover. */
  hint?: string;
};

type Props = Metric & {
  /** A quiet line under the figure. */
  note?: ReactNode;
};

export function MetricCard({ label, value, hint, note }: Props) {
  return (
    <section className={classes.card} aria-label={label}>
      <Hinted hint={hint}>
        <div className={classes.label}>{label}</div>
      </Hinted>
      <div className={classes.value} data-figures>
        {value}
      </div>
      {note !== undefined && <div className={classes.note}>{note}</div>}
    </section>
  );
}

export function MetricStrip({ metrics }: { metrics: readonly Metric[] }) {
  return (
    <dl className={classes.strip}>
      {metrics.map((metric) => (
        <Hinted key={metric.label} hint={metric.hint}>
          <div className={classes.item}>
            <dt>{metric.label}</dt>
            <dd data-figures>{metric.value}</dd>
          </div>
        </Hinted>
      ))}
    </dl>
  );
}

function Hinted({ hint, children }: { hint: string | undefined; children: React.ReactElement }) {
  return hint === undefined ? children : <Tooltip label={hint}>{children}</Tooltip>;
}
