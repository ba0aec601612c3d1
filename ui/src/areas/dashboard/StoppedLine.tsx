/** Why the last run stopped early, and where to go from there. */
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { StatusDot } from '../../kit/StatusDot';
import { PageLink } from '../../parts/pages';
import classes from './dashboard.module.css';

type Props = {
  /** Why the run stopped. */
  code: string;
  /** Why its last operation failed; empty when it did not. */
  failureCode: string;
  /** When a provider that asked to be left alone may be asked again. */
  until: string | null;
};

export function StoppedLine({ code, failureCode, until }: Props) {
  const { t } = useTranslation();
  // A run that did not merely fail names its reason itself.
  const why = code === 'failed' ? failureCode : code;
  const isLimit =
    code.startsWith('cap_') || code === 'spending_stopped' || code === 'shortfall' || code === 'books_do_not_balance';
  return (
    <div className={classes.stopped} role="status">
      {code === 'insufficient_credits' && (
        <>
          <StatusDot tone="warning" label={t('dashboard.pipeline.stopped.insufficient_credits')} />
          <PageLink page="credits">{t('dashboard.pipeline.toCredits')}</PageLink>
        </>
      )}
      {code === 'cancelled' && <StatusDot tone="neutral" label={t('dashboard.pipeline.stopped.cancelled')} />}
      {isLimit && (
        <>
          <StatusDot tone="warning" label={t('dashboard.pipeline.stopped.limit', { why: codeWords(code).what })} />
          <PageLink page="credits">{t('dashboard.pipeline.toLimits')}</PageLink>
        </>
      )}
      {!isLimit && code !== 'insufficient_credits' && code !== 'cancelled' && (
        <>
          <StatusDot tone="danger" label={t('dashboard.pipeline.stopped.failed')} />
          {why !== '' && <span>{codeWords(why, until).what}</span>}
          <PageLink page="tasks">{t('dashboard.pipeline.toTasks')}</PageLink>
        </>
      )}
    </div>
  );
}
