/** What of a site waits for a person: one row a thing, and the one act that comes next. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { useCommand } from '../../data/command';
import { problemOf } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { NeedRow, SiteView } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { formatCount } from '../../kit/format';
import { TextSkeleton } from '../../kit/Skeletons';
import { StatusDot } from '../../kit/StatusDot';
import { flawWords } from '../../parts/flawWords';
import { GoOnButton } from '../../parts/GoOnButton';
import { addressOf, articleAddress, conflictAddress } from '../../parts/pages';
import { RunButton } from '../../parts/pipeline/RunButton';
import { deliveryWords } from '../../parts/publishing';
import { skippedWords } from '../../parts/scheduleWords';
import classes from './automation.module.css';

export function NeedsYou({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCommand('needs', [site.id]);
  const problem = problemOf(error);
  const rows = data?.rows ?? [];
  const more = (data?.total ?? 0) - rows.length;
  return (
    <section className={classes.card} aria-labelledby="needs-title">
      <h2 id="needs-title" className={classes.title}>
        {t('automation.needs.title')} {data !== undefined && data.total > 0 && `(${formatCount(data.total)})`}
      </h2>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && data === undefined && <TextSkeleton lines={3} />}
      {data?.rows.length === 0 && <p className={classes.quiet}>{t('automation.needs.none', { site: site.name })}</p>}
      {rows.length > 0 && (
        <ul className={classes.needs}>
          {rows.map((row) => (
            <Need key={`${row.need}-${row.id}-${row.title}`} row={row} siteId={site.id} />
          ))}
        </ul>
      )}
      {more > 0 && <p className={classes.quiet}>{t('automation.needs.more', { amount: formatCount(more) })}</p>}
    </section>
  );
}

function Need({ row, siteId }: { row: NeedRow; siteId: string }) {
  const { t } = useTranslation();
  const isTrouble = row.need !== 'review' && row.need !== 'paused' && row.need !== 'interrupted';
  return (
    <li>
      <div>
        <span className={classes.needTitle} title={row.title}>
          {nameOf()}
        </span>
        <StatusDot
          tone={isTrouble ? 'danger' : 'warning'}
          paused={row.need === 'paused' || row.need === 'interrupted'}
          label={whyOf()}
        />
      </div>
      <Act row={row} siteId={siteId} />
    </li>
  );

  /** Why it waits: the reason that is known, or what it lacks. */
  function whyOf(): string {
    if (row.flaws.length > 0)
      return `${t('automation.needs.why.review_held')} ${row.flaws.map((flaw) => flawWords(flaw)).join(' ')}`;
    const why = t(`automation.needs.why.${row.need}`);
    return row.code === '' ? why : `${why} ${reasonOf()}`;
  }

  function reasonOf(): string {
    if (row.need === 'connection') return deliveryWords({ host: row.title, code: row.code, note: '' });
    return row.need === 'run_missed' ? skippedWords(row.code) : codeWords(row.code).what;
  }

  function nameOf(): string {
    // What belongs to no run is named by what it does.
    if (row.need === 'paused' || row.need === 'interrupted')
      return row.id === '' || row.title === '' ? t('automation.needs.run') : wordOf('function', row.title);
    return row.need === 'run_missed' ? t('automation.needs.run') : row.title;
  }
}

/** The one act: done here where its price is all that is to be known, and otherwise the way to where it is done. */
function Act({ row, siteId }: { row: NeedRow; siteId: string }) {
  const { t } = useTranslation();
  if (row.need === 'paused' || row.need === 'interrupted') return <GoOnButton what={{ siteId }} busy={false} />;
  if (row.need === 'run_missed') return <RunButton siteId={siteId} label={t('automation.needs.act.run_missed')} />;
  return (
    <Anchor component={Link} {...addressFor(row.need, row.id)} size="sm">
      {t(`automation.needs.act.${isGone(row) ? 'model_other' : row.need}`)}
    </Anchor>
  );
}

type Elsewhere = Exclude<NeedRow['need'], 'paused' | 'interrupted' | 'run_missed'>;

/** A model that its provider does not know: only another one is a way on. */
function isGone({ need, code }: NeedRow): boolean {
  return need === 'model' && code === 'unknown_model';
}

/** Where the one act is done. */
function addressFor(need: Elsewhere, id: string): { to: string; params?: never; search?: never } {
  switch (need) {
    case 'connection':
      return addressOf('sites', id);
    case 'missed':
      return articleAddress(id);
    case 'model':
      return addressOf('models');
    case 'conflict':
      return conflictAddress(id);
    case 'parked':
      return addressOf('outbox');
    case 'task_failed':
      return addressOf('drafts');
    case 'image_failed':
      return addressOf('images');
    case 'review':
      return articleAddress(id);
  }
}
