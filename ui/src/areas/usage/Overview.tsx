/** The sums of a time span: figures, days, tokens, what stands out, and where the credits went. */
import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { UsageSummary } from '../../host';
import { EmptyState } from '../../kit/EmptyState';
import { ErrorState } from '../../kit/ErrorState';
import { CardsSkeleton } from '../../kit/Skeletons';
import { addressOf } from '../../parts/pages';
import { Anomalies } from './Anomalies';
import { DayPanel } from './DayPanel';
import { FigureCards } from './FigureCards';
import { ArticleSlices, SliceTable } from './SliceTables';
import { TokenTable } from './TokenTable';
import classes from './usage.module.css';
import type { UsageView } from './useUsageView';

type Props = { view: UsageView; onChange: (change: Partial<UsageView>) => void };

export function Overview({ view, onChange }: Props) {
  const { t } = useTranslation();
  const { period, siteId } = view;
  const { data, error, refetch } = useCommand('usageSummary', [{ siteId, period }], { keep: true });
  const problem = problemOf(error);
  if (problem !== null) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <div className={classes.page}>
        <CardsSkeleton cards={5} />
        <Skeleton height="16rem" role="status" aria-label={t('kit.loading')} />
      </div>
    );
  }
  if (data.totals.records === 0) return <Nothing view={view} onChange={onChange} />;
  return <Sums summary={data} onSite={(id) => onChange({ siteId: id })} />;
}

function Sums({ summary, onSite }: { summary: UsageSummary; onSite: (siteId: string) => void }) {
  const { t } = useTranslation();
  const { totals, byOperation, byModel, bySite } = summary;
  return (
    <div className={classes.page}>
      <FigureCards summary={summary} />
      <DayPanel summary={summary} />
      <div className={classes.pair}>
        <Anomalies anomalies={summary.anomalies} />
        <TokenTable tokens={totals.tokens} />
      </div>
      <div className={classes.pair}>
        <SliceTable
          title={t('usage.by.operation')}
          slices={byOperation}
          totals={totals}
          name={({ key }) => wordOf('operationType', key)}
        />
        <SliceTable
          title={t('usage.by.model')}
          slices={byModel}
          totals={totals}
          name={({ label, key }) => label || key}
          note={({ provider }) => (provider === 'builtin' ? t('usage.builtin') : provider)}
        />
      </div>
      <div className={classes.pair}>
        <SliceTable
          title={t('usage.by.site')}
          slices={bySite}
          totals={totals}
          name={({ label, key }) => label || t('usage.goneSite', { id: key })}
          onOpen={({ key }) => onSite(key)}
        />
        <ArticleSlices slices={summary.byArticle} totals={totals} />
      </div>
    </div>
  );
}

/** Nothing in this span: widen it, or begin. */
function Nothing({ view, onChange }: Props) {
  const { t } = useTranslation();
  if (view.period === 'all' && view.siteId === null) {
    return (
      <EmptyState
        drawing="coins"
        sentence={t('usage.empty')}
        action={
          <Button variant="default" component={Link} {...addressOf('keywords')}>
            {t('usage.emptyAction')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      drawing="search"
      sentence={t('usage.emptySpan')}
      action={
        <Button variant="default" onClick={() => onChange({ period: 'all', siteId: null })}>
          {t('usage.emptySpanAction')}
        </Button>
      }
    />
  );
}
